using System.Text;

namespace Truststore.Policy;

/// <summary>What name constraints look at in a name, or in a constraint, found out once however often it is compared.</summary>
internal sealed class ComparableName
{
    private static readonly ComparableName s_malformed = new() { IsMalformed = true };
    private static readonly ComparableName s_directoryName = new();

    /// <summary>Whether the name or constraint breaks its own syntax.</summary>
    internal bool IsMalformed { get; private init; }

    /// <summary>The host in lower case, or the address. Of a DNS name without its wildcard label, of a constraint without the period in front.</summary>
    internal byte[] Host { get; private init; } = [];

    /// <summary>The local part of a mailbox as it is written; null for a host alone.</summary>
    internal ReadOnlyMemory<byte>? LocalPart { get; private init; }

    /// <summary>The characters that <see cref="LocalPart"/> stands for.</summary>
    internal ReadOnlyMemory<byte> Unquoted { get; private init; }

    /// <summary>The mask of an address range.</summary>
    internal ReadOnlyMemory<byte> Mask { get; private init; }

    /// <summary>Whether a DNS name begins with a wildcard label.</summary>
    internal bool IsWildcard { get; private init; }

    /// <summary>Whether a constraint begins with a period.</summary>
    internal bool IsSubdomainsOnly { get; private init; }

    /// <summary>The form of a name.</summary>
    internal static ComparableName OfName(GeneralName name)
    {
        if (name.ComparableForm is not ComparableName form)
        {
            name.ComparableForm = form = ReadName(name);
        }

        return form;
    }

    /// <summary>The form of a name constraint.</summary>
    internal static ComparableName OfConstraint(GeneralName constraint)
    {
        if (constraint.ComparableForm is not ComparableName form)
        {
            constraint.ComparableForm = form = ReadConstraint(constraint);
        }

        return form;
    }

    private static ComparableName ReadName(GeneralName name)
    {
        var octets = name.RawValue.Span;
        return name.Kind switch
        {
            GeneralNameKind.DnsName => ReadDnsName(octets),
            GeneralNameKind.IPAddress when octets.Length is 4 or 16 => new ComparableName { Host = octets.ToArray() },
            GeneralNameKind.Rfc822Name => ReadMailbox(name.RawValue),
            GeneralNameKind.Uri => ReadUri(octets),
            GeneralNameKind.DirectoryName => ReadDirectoryName(name),
            _ => s_malformed,
        };
    }

    private static ComparableName ReadConstraint(GeneralName constraint)
    {
        var octets = constraint.RawValue.Span;
        if (constraint.Kind == GeneralNameKind.DirectoryName)
        {
            return ReadDirectoryName(constraint);
        }

        if (constraint.Kind == GeneralNameKind.IPAddress)
        {
            return NameConstraintMatcher.IsAddressRange(octets)
                ? new ComparableName { Host = octets[..(octets.Length / 2)].ToArray(), Mask = constraint.RawValue[(octets.Length / 2)..] }
                : s_malformed;
        }

        if (constraint.Kind is not (GeneralNameKind.DnsName or GeneralNameKind.Rfc822Name or GeneralNameKind.Uri) || !Ascii.IsValid(octets))
        {
            return s_malformed;
        }

        // No host has an at sign.
        if (constraint.Kind == GeneralNameKind.Rfc822Name && octets.Contains((byte)'@'))
        {
            return ReadMailbox(constraint.RawValue);
        }

        // A leading period in a DNS constraint is not in the RFC but in many private CAs.
        var isSubdomainsOnly = octets.StartsWith("."u8);
        var domain = isSubdomainsOnly ? octets[1..] : octets;
        return octets.IsEmpty || DnsName.IsValid(domain, allowWildcard: false, allowUnderscore: true)
            ? new ComparableName { Host = Lower(domain), IsSubdomainsOnly = isSubdomainsOnly }
            : s_malformed;
    }

    private static ComparableName ReadDnsName(ReadOnlySpan<byte> octets)
    {
        if (!DnsName.IsValid(octets, allowWildcard: true, allowUnderscore: true))
        {
            return s_malformed;
        }

        var isWildcard = octets[0] == '*';
        return new ComparableName { Host = Lower(isWildcard ? octets[2..] : octets), IsWildcard = isWildcard };
    }

    private static ComparableName ReadMailbox(ReadOnlyMemory<byte> mailbox)
    {
        if (!Mailbox.TryRead(mailbox.Span, allowUnderscore: true, out var at))
        {
            return s_malformed;
        }

        var localPart = mailbox[..at];
        return new ComparableName { LocalPart = localPart, Unquoted = Mailbox.Unquote(localPart), Host = Lower(mailbox.Span[(at + 1)..]) };
    }

    /// <summary>Directory names have a canonical form of their own, which is unique only where all text is valid.</summary>
    private static ComparableName ReadDirectoryName(GeneralName name) =>
        name.DirectoryName!.HasOnlyValidText ? s_directoryName : s_malformed;

    /// <summary>RFC 5280: a URI without a host that is a domain name cannot be under a constraint.</summary>
    private static ComparableName ReadUri(ReadOnlySpan<byte> octets)
    {
        var text = Ascii.IsValid(octets) ? Encoding.ASCII.GetString(octets) : string.Empty;
        return Uri.TryCreate(text, UriKind.Absolute, out var parsed) && parsed.HostNameType == UriHostNameType.Dns
            ? new ComparableName { Host = Lower(Encoding.ASCII.GetBytes(parsed.IdnHost.TrimEnd('.'))) }
            : s_malformed;
    }

    private static byte[] Lower(ReadOnlySpan<byte> octets)
    {
        var lower = new byte[octets.Length];
        Ascii.ToLower(octets, lower, out _);
        return lower;
    }
}
