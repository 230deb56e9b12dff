using System.Text;

namespace Truststore.Policy;

/// <summary>Compares names with name constraints of the same kind (RFC 5280 §4.2.1.10).</summary>
internal static class NameConstraintMatcher
{
    internal static NameMatch Compare(GeneralName name, GeneralName constraint, bool isExcluded)
    {
        if (name.Kind == GeneralNameKind.DirectoryName)
        {
            return Of(name.DirectoryName!.StartsWith(constraint.DirectoryName!));
        }

        var mine = ComparableName.OfName(name);
        var theirs = ComparableName.OfConstraint(constraint);
        if (mine.IsMalformed || theirs.IsMalformed)
        {
            return NameMatch.Malformed;
        }

        return Of(name.Kind switch
        {
            GeneralNameKind.DnsName => mine.IsWildcard ? IsWildcardWithin(mine.Host, theirs.Host, isExcluded) : IsDnsNameWithin(mine.Host, theirs, isExcluded),
            GeneralNameKind.IPAddress => IsAddressWithin(mine.Host, theirs),
            _ => IsHostWithin(mine, theirs),
        });
    }

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

    /// <summary>A leading period means subdomains only. What it excludes it excludes with the domain itself.</summary>
    private static bool IsDnsNameWithin(byte[] name, ComparableName constraint, bool isExcluded) =>
        IsWithin(name, constraint.Host) && (isExcluded || !constraint.IsSubdomainsOnly || name.Length != constraint.Host.Length);

    /// <summary>*.base stands for every x.base: permitted when all of them are, excluded when one of them is.</summary>
    private static bool IsWildcardWithin(byte[] wildcardBase, byte[] domain, bool isExcluded) =>
        IsWithin(wildcardBase, domain) || (isExcluded && IsWithin(domain, wildcardBase) && domain.AsSpan(..^wildcardBase.Length).Count((byte)'.') == 1);

    /// <summary>Whether a domain is the other one or below it; everything is below the empty one.</summary>
    private static bool IsWithin(byte[] name, byte[] domain)
    {
        // The octet in front decides most comparisons by itself.
        var start = name.Length - domain.Length;
        return domain.Length == 0 || (start >= 0 && (start == 0 || name[start - 1] == '.') && name.AsSpan(start).SequenceEqual(domain));
    }

    private static bool IsAddressWithin(byte[] address, ComparableName range)
    {
        if (range.Host.Length != address.Length)
        {
            return false;
        }

        var mask = range.Mask.Span;
        for (var i = 0; i < address.Length; i += sizeof(uint))
        {
            if (((BitConverter.ToUInt32(address, i) ^ BitConverter.ToUInt32(range.Host, i)) & BitConverter.ToUInt32(mask[i..])) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A mailbox stands for itself; a host without a leading period too, with one for everything below it.</summary>
    private static bool IsHostWithin(ComparableName name, ComparableName constraint)
    {
        if (constraint.LocalPart is { } localPart)
        {
            return name.Host.AsSpan().SequenceEqual(constraint.Host) && name.LocalPart!.Value.Span.SequenceEqual(localPart.Span);
        }

        if (constraint.IsSubdomainsOnly)
        {
            return name.Host.Length != constraint.Host.Length && IsWithin(name.Host, constraint.Host);
        }

        return constraint.Host.Length == 0 || name.Host.AsSpan().SequenceEqual(constraint.Host);
    }

    // An address and a mask of ones and then zeros (RFC 4632).
    internal static bool IsAddressRange(ReadOnlySpan<byte> range)
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
}
