using System.Security.Cryptography.X509Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Only a CA issues certificates: version 3 with basic constraints and the CA bit (RFC 5280 §6.1.4 (k)). An anchor without that extension is one by being
/// configured, where it is of version 1 or has a key usage that says so; such private roots are about.
/// </summary>
internal sealed class CertificationAuthorityRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role == CertificateRole.EndEntity || IsAuthority(certificate, role))
        {
            return null;
        }

        return new VerificationFailure(
            FailureReason.NotACertificationAuthority,
            certificate.BasicConstraints is null ? "the certificate has no basic constraints and so is no CA, but issued another one (RFC 5280 §4.2.1.9)." : "the certificate says that it is no CA, but issued another one (RFC 5280 §4.2.1.9).");
    }

    private static bool IsAuthority(CertificateInfo certificate, CertificateRole role) => certificate.BasicConstraints is { } constraints
        ? constraints.IsCertificateAuthority
        : role == CertificateRole.Anchor && (certificate.Version == 1 || certificate.KeyUsage?.HasFlag(X509KeyUsageFlags.KeyCertSign) == true);
}
