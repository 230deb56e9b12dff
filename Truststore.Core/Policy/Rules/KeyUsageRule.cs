using System.Security.Cryptography.X509Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A key usage extension, where there is one, allows what the key does: a CA's to sign certificates, a peer's to take part in TLS (RFC 5280 §4.2.1.3, §6.1.4 (n)).</summary>
internal sealed class KeyUsageRule : ICertificateRule
{
    // RFC 5246 §7.4.2, RFC 8446 §4.4.2.2; which of them a cipher suite needs is the handshake's to check.
    private const X509KeyUsageFlags Tls = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (certificate.KeyUsage is not { } usage)
        {
            return null;
        }

        if (role != CertificateRole.EndEntity)
        {
            return usage.HasFlag(X509KeyUsageFlags.KeyCertSign)
                ? null
                : new VerificationFailure(FailureReason.InvalidKeyUsage, $"the CA's key usage ({usage}) does not allow signing certificates (RFC 5280 §4.2.1.3).");
        }

        // A CA certificate in the end-entity's place has the key usage of a CA; whether it may stand there is the Strict profile's to say.
        var isAuthority = certificate.BasicConstraints is { IsCertificateAuthority: true };
        return (usage & Tls) != X509KeyUsageFlags.None || (isAuthority && usage.HasFlag(X509KeyUsageFlags.KeyCertSign))
            ? null
            : new VerificationFailure(FailureReason.InvalidKeyUsage, $"the key usage ({usage}) does not allow the key to be used in TLS.");
    }
}
