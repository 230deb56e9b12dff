namespace Truststore.Certificates;

/// <summary>One entry of a CRL (RFC 5280 §5.3).</summary>
/// <param name="RevocationDate">When the certificate was revoked.</param>
internal readonly record struct RevokedCertificate(DateTimeOffset RevocationDate);
