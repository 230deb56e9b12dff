using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// A server certificate's common name that is a host is a character-for-character copy of an alternative name, addresses in the form of RFC 3986 and RFC 5952 (BR 7.1.4.3).
/// Held against alternative names of its own kind, and a domain may stand for names below it: certificates for addresses and for wildcards carry such common names. Beside an
/// organisation a common name is that organisation's affair.
/// </summary>
internal sealed class StrictCommonNameRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role != CertificateRole.EndEntity || context.Request.Purpose != PeerPurpose.ServerAuthentication || NamesOrganization(certificate.Subject))
        {
            return null;
        }

        foreach (var commonName in certificate.Subject.CommonNames)
        {
            if (KindOf(commonName) is { } kind && !IsCovered(commonName, kind, certificate.SubjectAlternativeNames))
            {
                return StrictFailure.Of($"the common name {ReferenceIdentifier.Printable(commonName)} is not a copy of one of the alternative names (CA/Browser Forum BR 7.1.4.3).");
            }
        }

        return null;
    }

    private static bool NamesOrganization(DistinguishedName subject) => subject.Attributes.Any(a => a.Oid is AttributeTypes.Organization);

    /// <summary>What kind of host a common name looks like, or null for one that is none, like a person's or a product's.</summary>
    private static GeneralNameKind? KindOf(string commonName)
    {
        if (commonName.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        var lastLabel = commonName.AsSpan(commonName.LastIndexOf('.') + 1);
        var isAddress = commonName.Contains(':', StringComparison.Ordinal) || ReferenceIdentifier.IsNumber(lastLabel);
        return isAddress ? GeneralNameKind.IPAddress : commonName.Contains('.', StringComparison.Ordinal) ? GeneralNameKind.DnsName : null;
    }

    private static bool IsCovered(string commonName, GeneralNameKind kind, IReadOnlyList<GeneralName> names)
    {
        var comparable = false;
        foreach (var name in names)
        {
            if (name.Kind != kind)
            {
                continue;
            }

            comparable = true;
            if (name.Value.EndsWith(commonName, StringComparison.Ordinal) && (name.Value.Length == commonName.Length || (kind == GeneralNameKind.DnsName && name.Value[^(commonName.Length + 1)] == '.')))
            {
                return true;
            }
        }

        return !comparable;
    }
}
