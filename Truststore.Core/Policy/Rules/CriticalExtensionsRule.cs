using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A critical extension that is unknown or cannot be decoded makes a certificate unusable, whether its content would matter or not (RFC 5280 §4.2).</summary>
internal sealed class CriticalExtensionsRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (!extension.IsCritical)
            {
                continue;
            }

            if (!ExtensionOids.IsProcessed(extension.Oid))
            {
                return new VerificationFailure(FailureReason.UnknownCriticalExtension, $"the critical extension {extension.Oid} is unknown (RFC 5280 §4.2).");
            }

            // The others are decoded in every verification, and what is wrong with them is found by the rule on structure.
            if (!DecodedExtensions.Holds(extension.Oid) && certificate.MalformedExtensions.TryGetValue(extension.Oid, out var error))
            {
                return new VerificationFailure(FailureReason.MalformedExtension, $"the critical extension {extension.Oid} cannot be decoded: {error}.");
            }
        }

        return null;
    }
}
