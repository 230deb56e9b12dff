using System.Buffers;

namespace Truststore;

/// <summary>
/// The syntax of mailboxes (RFC 5280 §4.2.1.6, RFC 2821 §4.1.2): a local part, an at sign, a domain. The local part is a
/// dot-string or a quoted string. Certificates, name constraints and reference identifiers all use this reader.
/// </summary>
/// <remarks>
/// A quoted string holds printable characters and spaces, as in RFC 5321 §4.1.2, and none of the control characters of
/// RFC 2822. A domain is a DNS name, not an address literal.
/// </remarks>
internal static class Mailbox
{
    // RFC 2822 §3.2.4: atext.
    private static readonly SearchValues<byte> s_atomCharacters =
        SearchValues.Create("!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Reads a mailbox.</summary>
    /// <param name="mailbox">The octets.</param>
    /// <param name="allowUnderscore">Whether underscores count as letters in the domain.</param>
    /// <param name="at">The position of the at sign between local part and domain.</param>
    internal static bool TryRead(ReadOnlySpan<byte> mailbox, bool allowUnderscore, out int at)
    {
        at = mailbox.StartsWith("\""u8) ? QuotedStringLength(mailbox) : DotStringLength(mailbox);
        return at > 0
            && at < mailbox.Length
            && mailbox[at] == '@'
            && DnsName.IsValid(mailbox[(at + 1)..], allowWildcard: false, allowUnderscore);
    }

    /// <summary>The characters of a valid local part without quotes and backslashes: two spellings of one mailbox give the same.</summary>
    internal static ReadOnlyMemory<byte> Unquote(ReadOnlyMemory<byte> localPart)
    {
        var quoted = localPart.Span;
        if (quoted[0] != '"')
        {
            return localPart;
        }

        var characters = new List<byte>(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            i += quoted[i] == '\\' ? 1 : 0;
            characters.Add(quoted[i]);
        }

        return characters.ToArray();
    }

    /// <summary>The length of the dot-string that the octets begin with: atoms with one period between each two; 0 without one.</summary>
    private static int DotStringLength(ReadOnlySpan<byte> octets)
    {
        for (var length = 0; ;)
        {
            var atom = octets[length..].IndexOfAnyExcept(s_atomCharacters);
            if (atom <= 0)
            {
                return 0;
            }

            length += atom;
            if (octets[length] != '.')
            {
                return length;
            }

            length++;
        }
    }

    /// <summary>The length of the quoted string that the octets begin with; 0 where it has no end or a forbidden character.</summary>
    private static int QuotedStringLength(ReadOnlySpan<byte> octets)
    {
        for (var i = 1; i < octets.Length; i++)
        {
            if (octets[i] == '"')
            {
                return i + 1;
            }

            i += octets[i] == '\\' ? 1 : 0;
            if (i < octets.Length && octets[i] is < 0x20 or > 0x7E)
            {
                return 0;
            }
        }

        return 0;
    }
}
