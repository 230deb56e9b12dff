namespace Truststore.Certificates;

/// <summary>One entry of a CRL (RFC 5280 §5.3).</summary>
/// <param name="RevocationDate">When the certificate was revoked.</param>
/// <param name="UnknownCriticalExtension">The object identifier of a critical entry extension that nobody here knows, or null.</param>
internal readonly record struct RevokedCertificate(DateTimeOffset RevocationDate, string? UnknownCriticalExtension);
