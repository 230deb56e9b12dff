using System.Security.Cryptography.X509Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A CA says by its key usage that it signs certificates; nobody else does (RFC 5280 §4.2.1.3, §4.2.1.9; BR 7.1.2.7.11).</summary>
internal sealed class StrictKeyUsageRule : ICertificateRule
{
    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (certificate.KeyUsage is not { } usage)
        {
            // Of roots the RFC wants it as well, but what they may do is decided by who configured them.
            return role != CertificateRole.Intermediate ? null : StrictFailure.Of("the CA has no key usage (RFC 5280 §4.2.1.3).");
        }

        if (usage == X509KeyUsageFlags.None)
        {
            return StrictFailure.Of("the key usage has no bit set (RFC 5280 §4.2.1.3).");
        }

        return usage.HasFlag(X509KeyUsageFlags.KeyCertSign) && certificate.BasicConstraints is not { IsCertificateAuthority: true }
            ? StrictFailure.Of("the key usage allows signing certificates, but the certificate is no CA (RFC 5280 §4.2.1.9).")
            : null;
    }
}
