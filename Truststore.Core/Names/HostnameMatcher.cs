using System.Text;

namespace Truststore;

/// <summary>Decides whether a certificate is for a name (RFC 9525 §6).</summary>
internal static class HostnameMatcher
{
    /// <summary>Whether one of the presented identifiers matches.</summary>
    /// <param name="certificate">The end-entity certificate.</param>
    /// <param name="reference">The name to match.</param>
    /// <param name="checkCommonName">Whether the common name counts where no alternative name is a host (RFC 6125 §6.4.4; RFC 9525 no longer has it).</param>
    internal static bool Matches(CertificateInfo certificate, ReferenceIdentifier reference, bool checkCommonName)
    {
        var names = certificate.SubjectAlternativeNames;
        var hasHost = false;
        foreach (var name in names)
        {
            hasHost |= name.Kind is GeneralNameKind.DnsName or GeneralNameKind.IPAddress;
            if (Matches(name, reference))
            {
                return true;
            }
        }

        return checkCommonName && !hasHost && reference.Kind == ReferenceIdentifierKind.DnsName
            && certificate.Subject.CommonNames.Any(name => Ascii.IsValid(name) && MatchesDnsName(Encoding.ASCII.GetBytes(name), reference.Value));
    }

    private static bool Matches(GeneralName presented, ReferenceIdentifier reference) => (presented.Kind, reference.Kind) switch
    {
        (GeneralNameKind.DnsName, ReferenceIdentifierKind.DnsName) => MatchesDnsName(presented.RawValue.Span, reference.Value),
        (GeneralNameKind.IPAddress, ReferenceIdentifierKind.IPAddress) => MatchesAddress(presented.RawValue.Span, reference),
        (GeneralNameKind.Rfc822Name, ReferenceIdentifierKind.EmailAddress) => MatchesEmail(presented.RawValue.Span, reference.Value),
        _ => false,
    };

    /// <summary>RFC 9525 §6.3: labels match without regard to ASCII case; a wildcard is the whole left-most label and stands for exactly one.</summary>
    internal static bool MatchesDnsName(ReadOnlySpan<byte> presented, string reference)
    {
        if (!DnsName.IsValid(presented, allowWildcard: true, allowUnderscore: true))
        {
            return false;
        }

        ReadOnlySpan<char> expected = reference;
        if (presented[0] == '*')
        {
            presented = presented[2..];
            var dot = expected.IndexOf('.');

            // *.com would stand for everybody under com; OpenSSL and curl want two labels behind the wildcard as well.
            if (dot <= 0 || !presented.Contains((byte)'.'))
            {
                return false;
            }

            expected = expected[(dot + 1)..];
        }

        return Ascii.EqualsIgnoreCase(presented, expected);
    }

    private static bool MatchesAddress(ReadOnlySpan<byte> presented, ReferenceIdentifier reference)
    {
        Span<byte> octets = stackalloc byte[16];
        return reference.Address!.TryWriteBytes(octets, out var length) && presented.SequenceEqual(octets[..length]);
    }

    // RFC 5280 §7.5: the local part is exact, the domain is not case-sensitive. No domain has an at sign.
    private static bool MatchesEmail(ReadOnlySpan<byte> presented, string reference) =>
        Mailbox.TryRead(presented, allowUnderscore: true, out var at) && at == reference.LastIndexOf('@')
            && Ascii.Equals(presented[..at], reference.AsSpan(0, at))
            && Ascii.EqualsIgnoreCase(presented[at..], reference.AsSpan(at));
}
