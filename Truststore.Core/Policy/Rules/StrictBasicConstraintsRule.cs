using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A CA has critical basic constraints, with a path length only where it may sign; an end-entity certificate is no CA (RFC 5280 §4.2.1.9, BR 7.1.2.7.8).</summary>
internal sealed class StrictBasicConstraintsRule : ICertificateRule
{
    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role == CertificateRole.EndEntity)
        {
            return certificate.BasicConstraints is { IsCertificateAuthority: true }
                ? StrictFailure.Of("the end-entity certificate is a CA (CA/Browser Forum BR 7.1.2.7.8).")
                : CheckPathLength(certificate);
        }

        return certificate.FindExtension(ExtensionOids.BasicConstraints) is { IsCritical: true }
            ? CheckPathLength(certificate)
            : StrictFailure.Of("the CA has no basic constraints, or they are not critical (RFC 5280 §4.2.1.9).");
    }

    private static VerificationFailure? CheckPathLength(CertificateInfo certificate)
    {
        var mayHaveOne = certificate.BasicConstraints is { IsCertificateAuthority: true } && certificate.KeyUsage?.HasFlag(X509KeyUsageFlags.KeyCertSign) != false;
        return certificate.BasicConstraints?.PathLengthConstraint is not null && !mayHaveOne
            ? StrictFailure.Of("there is a path length constraint, but no right to sign certificates (RFC 5280 §4.2.1.9).")
            : null;
    }
}
