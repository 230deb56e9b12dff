using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Certificates are signed by RSA (PKCS #1 v1.5 or PSS) or ECDSA with SHA-256, SHA-384 or SHA-512 (BR 7.1.3.2), or by ML-DSA. Not asked of
/// anchors: nothing depends on their own signature.
/// </summary>
internal sealed class StrictSignatureAlgorithmRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context) =>
        context.IsAnchor(role) || IsAllowed(certificate.SignatureAlgorithmOid)
        ? null
        : StrictFailure.Of($"the certificate is signed with {certificate.SignatureAlgorithm} (CA/Browser Forum BR 7.1.3.2).");

    private static bool IsAllowed(string oid) => oid is
        "1.2.840.113549.1.1.11" or "1.2.840.113549.1.1.12" or "1.2.840.113549.1.1.13" or AlgorithmNames.RsaPss
        or "1.2.840.10045.4.3.2" or "1.2.840.10045.4.3.3" or "1.2.840.10045.4.3.4"
        or "2.16.840.1.101.3.4.3.17" or "2.16.840.1.101.3.4.3.18" or "2.16.840.1.101.3.4.3.19";
}
