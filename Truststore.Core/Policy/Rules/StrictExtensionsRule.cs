using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Extensions are as critical as RFC 5280 §4.2 wants them, stand where they may, and can all be decoded. Name constraints need not be critical: the baseline requirements (7.1.2.10.8)
/// make that exception from the RFC.
/// </summary>
internal sealed class StrictExtensionsRule : ICertificateRule
{
    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        foreach (var (oid, error) in certificate.MalformedExtensions)
        {
            return StrictFailure.Of($"the extension {oid} cannot be decoded: {error}.");
        }

        foreach (var extension in certificate.Extensions)
        {
            if (MustBeCritical(extension.Oid) is { } critical && critical != extension.IsCritical)
            {
                return StrictFailure.Of($"the extension {extension.Oid} {(critical ? "is not critical and must be" : "is critical and must not be")} (RFC 5280 §4.2).");
            }
        }

        if (certificate.Decoded.NameConstraints is not { } constraints)
        {
            return null;
        }

        return role == CertificateRole.EndEntity
            ? StrictFailure.Of("an end-entity certificate has name constraints (RFC 5280 §4.2.1.10).")
            : constraints.All.All(NameConstraintMatcher.IsConforming) ? null : StrictFailure.Of("a name constraint is malformed (RFC 5280 §4.2.1.10).");
    }

    private static bool? MustBeCritical(string oid) => oid switch
    {
        ExtensionOids.PolicyConstraints or ExtensionOids.InhibitAnyPolicy => true,
        ExtensionOids.AuthorityInformationAccess or ExtensionOids.FreshestCrl => false,
        _ => null,
    };
}
