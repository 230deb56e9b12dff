namespace Truststore.Trust;

/// <summary>What PEM labels and DER encodings turn out to hold.</summary>
internal enum TrustDataKind
{
    Unknown,
    Certificate,
    TrustedCertificate,
    RevocationList,
    CertificateRequest,
    PublicKey,
    PrivateKey,
    Pkcs7,
    Pkcs12,
}
