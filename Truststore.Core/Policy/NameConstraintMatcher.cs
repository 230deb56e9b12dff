using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>Compares names with name constraints of the same kind (RFC 5280 §4.2.1.10).</summary>
internal static class NameConstraintMatcher
{
    internal static NameMatch Compare(GeneralName name, GeneralName constraint, bool isExcluded)
    {
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
            GeneralNameKind.DirectoryName => name.DirectoryName!.StartsWith(constraint.DirectoryName!),
            _ => IsHostWithin(mine, theirs, isExcluded),
        });
    }

    /// <summary>Whether a constraint breaks the syntax of its kind. That of X.400 addresses and EDI party names is not looked at.</summary>
    internal static bool IsMalformed(GeneralName constraint) => constraint.Kind switch
    {
        GeneralNameKind.OtherName => !GeneralNameReader.IsOtherName(constraint.RawValue.Span),
        GeneralNameKind.X400Address or GeneralNameKind.EdiPartyName or GeneralNameKind.RegisteredId => false,
        _ => ComparableName.OfConstraint(constraint).IsMalformed,
    };

    /// <summary>Whether a constraint's own syntax is that of RFC 5280 §4.2.1.10, which knows no leading period in DNS constraints.</summary>
    internal static bool IsConforming(GeneralName constraint)
    {
        var octets = constraint.RawValue.Span;
        return constraint.Kind switch
        {
            GeneralNameKind.DnsName => octets.IsEmpty || DnsName.IsValid(octets, allowWildcard: false, allowUnderscore: false),
            GeneralNameKind.IPAddress => IsAddressRange(octets),
            GeneralNameKind.Rfc822Name when octets.Contains((byte)'@') => Mailbox.TryRead(octets, allowUnderscore: false, out _),
            GeneralNameKind.Rfc822Name or GeneralNameKind.Uri => octets.IsEmpty || IsHostConstraint(octets),
            _ => true,
        };
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

    /// <summary>
    /// A mailbox stands for itself; a host without a leading period too, with one for everything below it. Local parts match
    /// exactly (RFC 5280 §7.5); an excluded one is excluded in every spelling.
    /// </summary>
    private static bool IsHostWithin(ComparableName name, ComparableName constraint, bool isExcluded)
    {
        if (constraint.LocalPart is { } localPart)
        {
            var isSameLocalPart = isExcluded
                ? name.Unquoted.Span.SequenceEqual(constraint.Unquoted.Span)
                : name.LocalPart!.Value.Span.SequenceEqual(localPart.Span);
            return isSameLocalPart && name.Host.AsSpan().SequenceEqual(constraint.Host);
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
