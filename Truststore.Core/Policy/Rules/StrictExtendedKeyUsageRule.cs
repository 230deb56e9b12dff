using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>An end-entity certificate names its usages, not all usages, and not critically; a root names none (BR 7.1.2.1.2, 7.1.2.7.10).</summary>
internal sealed class StrictExtendedKeyUsageRule : ICertificateRule
{
    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role == CertificateRole.Anchor)
        {
            return certificate.ExtendedKeyUsages is not null
                ? StrictFailure.Of("the root has an extended key usage (CA/Browser Forum BR 7.1.2.1.2).")
                : null;
        }

        if (role != CertificateRole.EndEntity)
        {
            return null;
        }

        if (certificate.ExtendedKeyUsages is not { } usages)
        {
            return StrictFailure.Of("the end-entity certificate has no extended key usage (CA/Browser Forum BR 7.1.2.7.10).");
        }

        if (certificate.FindExtension(ExtensionOids.ExtendedKeyUsage) is { IsCritical: true })
        {
            return StrictFailure.Of("the end-entity certificate's extended key usage is critical (CA/Browser Forum BR 7.1.2.7.6).");
        }

        return usages.Contains(ExtensionOids.AnyExtendedKeyUsage, StringComparer.Ordinal)
            ? StrictFailure.Of("the end-entity certificate is for any extended key usage (CA/Browser Forum BR 7.1.2.7.10).")
            : null;
    }
}
