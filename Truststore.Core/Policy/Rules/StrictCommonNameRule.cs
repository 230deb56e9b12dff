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

        var names = certificate.Decoded.AlternativeNamesByKind;
        var uncovered = FindUncovered(certificate, GeneralNameKind.DnsName, names[GeneralNameKind.DnsName]) ?? FindUncovered(certificate, GeneralNameKind.IPAddress, names[GeneralNameKind.IPAddress]);
        return uncovered is null
            ? null
            : StrictFailure.Of($"the common name {SafeText.ShowName(uncovered)} is not a copy of one of the alternative names (CA/Browser Forum BR 7.1.4.3).");
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

    /// <summary>The first common name of a kind that is neither one of the names of that kind, where there are any, nor a domain that one of them is below.</summary>
    private static string? FindUncovered(CertificateInfo certificate, GeneralNameKind kind, ReadOnlySpan<GeneralName> names)
    {
        var commonNames = certificate.Subject.CommonNames.Where(name => KindOf(name) == kind).ToList();
        if (commonNames.Count == 0 || names.IsEmpty)
        {
            return null;
        }

        // Every name is looked at once, however many common names there are.
        var uncovered = new HashSet<string>(commonNames, StringComparer.Ordinal);
        var lookup = uncovered.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var name in names)
        {
            var domain = name.Value.AsSpan();
            lookup.Remove(domain);
            while (kind == GeneralNameKind.DnsName && domain.Length <= ReferenceIdentifier.MaxDnsNameLength && domain.IndexOf('.') is >= 0 and var dot)
            {
                domain = domain[(dot + 1)..];
                lookup.Remove(domain);
            }
        }

        return commonNames.Find(uncovered.Contains);
    }
}
