namespace Truststore.Certificates;

/// <summary>One distribution point of a certificate (RFC 5280 §4.2.1.13).</summary>
/// <param name="Name">Where its lists are, or null.</param>
/// <param name="Reasons">For which reasons its lists tell of revocations; all where it does not say.</param>
/// <param name="ListIssuers">Who signs its lists; empty where that is the certificate's issuer.</param>
internal sealed record DistributionPoint(DistributionPointName? Name, RevocationReasons Reasons, IReadOnlyList<GeneralName> ListIssuers);
