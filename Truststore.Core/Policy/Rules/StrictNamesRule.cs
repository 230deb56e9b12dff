using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>An end-entity certificate without a subject has critical alternative names; with a subject they are not critical (RFC 5280 §4.1.2.6, BR 7.1.2.7.12).</summary>
internal sealed class StrictNamesRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role != CertificateRole.EndEntity || certificate.FindExtension(ExtensionOids.SubjectAlternativeName) is not { } names || names.IsCritical == certificate.Subject.IsEmpty)
        {
            return null;
        }

        return StrictFailure.Of(names.IsCritical
            ? "the alternative names are critical although there is a subject (CA/Browser Forum BR 7.1.2.7.12)."
            : "the alternative names are not critical although there is no subject (RFC 5280 §4.2.1.6).");
    }
}
