using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A critical extension that is not understood makes a certificate unusable (RFC 5280 §4.2).</summary>
internal sealed class CriticalExtensionsRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension.IsCritical && !ExtensionOids.IsProcessed(extension.Oid))
            {
                return new VerificationFailure(FailureReason.UnknownCriticalExtension, $"the critical extension {extension.Oid} is unknown (RFC 5280 §4.2).");
            }
        }

        return null;
    }
}
