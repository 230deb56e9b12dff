namespace Truststore.Policy.Rules;

/// <summary>Signatures use digests that cannot be forged: no MD2, MD4, MD5 and SHA-1. Not asked of anchors, whose own signature nobody relies on.</summary>
internal sealed class SignatureAlgorithmRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context) =>
        !context.IsAnchor(role) && IsWeak(certificate.SignatureAlgorithmOid)
            ? new VerificationFailure(FailureReason.WeakSignatureAlgorithm, $"the certificate is signed with {certificate.SignatureAlgorithm}, whose digest can be forged.")
            : null;

    internal static bool IsWeak(string signatureAlgorithmOid) => signatureAlgorithmOid is
        "1.2.840.113549.1.1.2" or "1.2.840.113549.1.1.3" or "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.3.14.3.2.29" or "1.2.840.10040.4.3" or "1.2.840.10045.4.1";
}
