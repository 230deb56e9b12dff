using System.Text;

namespace Truststore.Policy;

/// <summary>Compares names with name constraints of the same kind (RFC 5280 §4.2.1.10).</summary>
internal static class NameConstraintMatcher
{
    internal static NameMatch Compare(GeneralName name, GeneralName constraint, bool isExcluded) => name.Kind switch
    {
        GeneralNameKind.DnsName => CompareDns(name.RawValue.Span, constraint.RawValue.Span, isExcluded),
        GeneralNameKind.IPAddress => CompareAddress(name.RawValue.Span, constraint.RawValue.Span),
        GeneralNameKind.Rfc822Name => CompareEmail(name.RawValue.Span, constraint.RawValue.Span),
        GeneralNameKind.Uri => CompareUri(name.RawValue.Span, constraint.RawValue.Span),
        GeneralNameKind.DirectoryName => Of(name.DirectoryName!.StartsWith(constraint.DirectoryName!)),
        _ => NameMatch.Malformed,
    };

    /// <summary>Whether a constraint's own syntax is that of RFC 5280 §4.2.1.10, which knows no leading period in DNS constraints.</summary>
    internal static bool IsConforming(GeneralName constraint) => constraint.Kind switch
    {
        GeneralNameKind.DnsName => constraint.RawValue.IsEmpty || DnsName.IsValid(constraint.RawValue.Span, allowWildcard: false, allowUnderscore: false),
        GeneralNameKind.IPAddress => IsAddressRange(constraint.RawValue.Span),
        GeneralNameKind.Rfc822Name => constraint.RawValue.IsEmpty || IsMailbox(constraint.RawValue.Span) || IsHostConstraint(constraint.RawValue.Span),
        GeneralNameKind.Uri => constraint.RawValue.IsEmpty || IsHostConstraint(constraint.RawValue.Span),
        _ => true,
    };

    /// <summary>Whether the octets are an addr-spec: local part, at sign, domain (RFC 5280 §4.2.1.6).</summary>
    internal static bool IsMailbox(ReadOnlySpan<byte> address)
    {
        var at = address.LastIndexOf((byte)'@');
        return at > 0 && Ascii.IsValid(address) && !address[..at].ContainsAnyInRange((byte)0, (byte)' ') && DnsName.IsValid(address[(at + 1)..], allowWildcard: false, allowUnderscore: false);
    }

    private static bool IsHostConstraint(ReadOnlySpan<byte> constraint) =>
        DnsName.IsValid(constraint.StartsWith("."u8) ? constraint[1..] : constraint, allowWildcard: false, allowUnderscore: false);

    private static NameMatch Of(bool matches) => matches ? NameMatch.Yes : NameMatch.No;

    private static NameMatch CompareDns(ReadOnlySpan<byte> name, ReadOnlySpan<byte> constraint, bool isExcluded)
    {
        // A leading period is not in the RFC but in many private CAs; it means subdomains only. What it excludes it excludes with the domain itself.
        var subdomainsOnly = constraint.StartsWith("."u8);
        var domain = subdomainsOnly ? constraint[1..] : constraint;
        if (!DnsName.IsValid(name, allowWildcard: true, allowUnderscore: true) || !(constraint.IsEmpty || DnsName.IsValid(domain, allowWildcard: false, allowUnderscore: true)))
        {
            return NameMatch.Malformed;
        }

        if (name[0] != '*')
        {
            return Of(IsWithin(name, domain) && (isExcluded || !subdomainsOnly || name.Length != domain.Length));
        }

        // *.base stands for every x.base: permitted when all of them are, excluded when one of them is.
        var wildcardBase = name[2..];
        var matches = IsWithin(wildcardBase, domain);
        if (isExcluded && !matches && IsWithin(domain, wildcardBase))
        {
            matches = domain[..^wildcardBase.Length].Count((byte)'.') == 1;
        }

        return Of(matches);
    }

    /// <summary>Whether a domain is the other one or below it; everything is below the empty one.</summary>
    private static bool IsWithin(ReadOnlySpan<byte> name, ReadOnlySpan<byte> domain)
    {
        if (domain.IsEmpty)
        {
            return true;
        }

        return name.Length >= domain.Length
            && Ascii.EqualsIgnoreCase(name[^domain.Length..], domain)
            && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.');
    }

    private static NameMatch CompareAddress(ReadOnlySpan<byte> address, ReadOnlySpan<byte> range)
    {
        if (address.Length is not (4 or 16) || !IsAddressRange(range))
        {
            return NameMatch.Malformed;
        }

        if (range.Length != 2 * address.Length)
        {
            return NameMatch.No;
        }

        for (var i = 0; i < address.Length; i++)
        {
            if (((address[i] ^ range[i]) & range[address.Length + i]) != 0)
            {
                return NameMatch.No;
            }
        }

        return NameMatch.Yes;
    }

    // An address and a mask of ones and then zeros (RFC 4632).
    private static bool IsAddressRange(ReadOnlySpan<byte> range)
    {
        if (range.Length is not (8 or 32))
        {
            return false;
        }

        var ended = false;
        foreach (var octet in range[(range.Length / 2)..])
        {
            if (ended ? octet != 0 : (~octet & 0xFF & ((~octet & 0xFF) + 1)) != 0)
            {
                return false;
            }

            ended |= octet != 0xFF;
        }

        return true;
    }

    private static NameMatch CompareEmail(ReadOnlySpan<byte> address, ReadOnlySpan<byte> constraint)
    {
        var at = address.LastIndexOf((byte)'@');
        if (at <= 0 || !DnsName.IsValid(address[(at + 1)..], allowWildcard: false, allowUnderscore: true) || !Ascii.IsValid(address) || !Ascii.IsValid(constraint))
        {
            return NameMatch.Malformed;
        }

        var host = address[(at + 1)..];
        var constraintAt = constraint.LastIndexOf((byte)'@');
        if (constraintAt >= 0)
        {
            return Of(address[..at].SequenceEqual(constraint[..constraintAt]) && Ascii.EqualsIgnoreCase(host, constraint[(constraintAt + 1)..]));
        }

        return CompareHost(host, constraint);
    }

    private static NameMatch CompareUri(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> constraint)
    {
        // RFC 5280: a URI without a host that is a domain name cannot be under a constraint.
        var text = Ascii.IsValid(uri) ? Encoding.ASCII.GetString(uri) : string.Empty;
        return Uri.TryCreate(text, UriKind.Absolute, out var parsed) && parsed.HostNameType == UriHostNameType.Dns
            ? CompareHost(Encoding.ASCII.GetBytes(parsed.IdnHost.TrimEnd('.')), constraint)
            : NameMatch.Malformed;
    }

    /// <summary>A host without a leading period stands for itself, with one for everything below it.</summary>
    private static NameMatch CompareHost(ReadOnlySpan<byte> host, ReadOnlySpan<byte> constraint)
    {
        var domain = constraint.StartsWith("."u8) ? constraint[1..] : constraint;
        if (!constraint.IsEmpty && !DnsName.IsValid(domain, allowWildcard: false, allowUnderscore: true))
        {
            return NameMatch.Malformed;
        }

        if (constraint.IsEmpty)
        {
            return NameMatch.Yes;
        }

        return constraint[0] == '.'
            ? Of(IsWithin(host, domain) && host.Length != domain.Length)
            : Of(Ascii.EqualsIgnoreCase(host, constraint));
    }
}
