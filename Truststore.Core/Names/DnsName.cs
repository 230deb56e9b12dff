namespace Truststore;

/// <summary>The syntax of DNS names (RFC 1034 §3.5, RFC 1123 §2.1) as they stand in hosts and in certificates.</summary>
internal static class DnsName
{
    private const int MaxLabelLength = 63;

    /// <summary>What is wrong with a name that a caller wants to connect to, or null. Underscores are let through: such hosts exist.</summary>
    internal static string? FindReferenceError(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
        {
            return "The host is empty.";
        }

        if (name.Length > ReferenceIdentifier.MaxDnsNameLength)
        {
            return $"The host is longer than a DNS name can be ({ReferenceIdentifier.MaxDnsNameLength} characters).";
        }

        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.IsEmpty)
            {
                return $"The host '{Show(name)}' has an empty label.";
            }

            if (label.Length > MaxLabelLength)
            {
                return $"The host '{Show(name)}' has a label longer than {MaxLabelLength} characters.";
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                {
                    return c == '*'
                        ? $"The host '{Show(name)}' has a wildcard; only certificates may have one."
                        : $"The host '{Show(name)}' has a character that no DNS name can have; give the host alone, without scheme, port or path.";
                }
            }
        }

        return null;
    }

    /// <summary>Whether the octets of a dNSName are a name in preferred name syntax (RFC 5280 §4.2.1.6): letters, digits and inner hyphens.</summary>
    /// <param name="name">The octets.</param>
    /// <param name="allowWildcard">Whether the left-most label may be <c>*</c>.</param>
    /// <param name="allowUnderscore">Whether underscores count as letters.</param>
    internal static bool IsValid(ReadOnlySpan<byte> name, bool allowWildcard, bool allowUnderscore)
    {
        if (allowWildcard && name.StartsWith("*."u8))
        {
            name = name[2..];
        }

        if (name.IsEmpty || name.Length > ReferenceIdentifier.MaxDnsNameLength)
        {
            return false;
        }

        while (true)
        {
            var dot = name.IndexOf((byte)'.');
            if (!IsLabel(dot < 0 ? name : name[..dot], allowUnderscore))
            {
                return false;
            }

            if (dot < 0)
            {
                return true;
            }

            name = name[(dot + 1)..];
        }
    }

    private static string Show(ReadOnlySpan<char> name) => SafeText.ShowName(name.ToString());

    private static bool IsLabel(ReadOnlySpan<byte> label, bool allowUnderscore)
    {
        if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var octet in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '-' && !(allowUnderscore && octet == '_'))
            {
                return false;
            }
        }

        return true;
    }
}
