namespace Truststore;

/// <summary>How much a context was given; mirrors Python's <c>SSLContext.cert_store_stats()</c>. The system's anchors are not counted.</summary>
/// <param name="X509">The number of certificates, CAs among them.</param>
/// <param name="Crl">The number of certificate revocation lists.</param>
/// <param name="X509Ca">The number of CA certificates.</param>
public readonly record struct CertificateStoreStatistics(int X509, int Crl, int X509Ca);
