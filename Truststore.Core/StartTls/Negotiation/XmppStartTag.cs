namespace Truststore.Negotiation;

/// <summary>
/// A start tag taken apart (XML 1.0 §3.1). Reads every character once, and keeps of the attributes only the namespaces that
/// they declare.
/// </summary>
/// <param name="Name">The element's name with its prefix.</param>
/// <param name="Namespaces">The declared namespaces by prefix; the default one has an empty prefix.</param>
/// <param name="IsEmpty">Whether the element ends with the tag.</param>
internal sealed record XmppStartTag(string Name, IReadOnlyDictionary<string, string> Namespaces, bool IsEmpty)
{
    private const string Declaration = "xmlns";
    private const string WhiteSpace = " \t\r\n";

    /// <summary>Parses what stands between the angle brackets.</summary>
    /// <returns>The tag; <see langword="null"/> where the text is none.</returns>
    internal static XmppStartTag? Parse(string text)
    {
        ReadOnlySpan<char> rest = text;
        var namespaces = new Dictionary<string, string>(StringComparer.Ordinal);
        var element = TakeName(ref rest);
        while (!element.IsEmpty)
        {
            var attributes = rest.TrimStart(WhiteSpace);
            if (attributes is "" or "/")
            {
                return new XmppStartTag(element.ToString(), namespaces, IsEmpty: !attributes.IsEmpty);
            }

            if (attributes.Length == rest.Length || !TryTakeAttribute(ref attributes, namespaces))
            {
                break;
            }

            rest = attributes;
        }

        return null;
    }

    private static bool TryTakeAttribute(ref ReadOnlySpan<char> rest, Dictionary<string, string> namespaces)
    {
        var name = TakeName(ref rest);
        rest = rest.TrimStart(WhiteSpace);
        if (name.IsEmpty || !rest.StartsWith('='))
        {
            return false;
        }

        rest = rest[1..].TrimStart(WhiteSpace);
        if (rest is not ['"' or '\'', ..])
        {
            return false;
        }

        var length = rest[1..].IndexOf(rest[0]);
        if (length < 0 || rest.Slice(1, length).Contains('<'))
        {
            return false;
        }

        var value = rest.Slice(1, length);
        rest = rest[(length + 2)..];
        return !IsDeclaration(name, out var prefix) || namespaces.TryAdd(prefix.ToString(), value.ToString());
    }

    private static bool IsDeclaration(ReadOnlySpan<char> attribute, out ReadOnlySpan<char> prefix)
    {
        prefix = attribute.StartsWith(Declaration + ":", StringComparison.Ordinal) ? attribute[(Declaration.Length + 1)..] : default;
        return !prefix.IsEmpty || attribute is Declaration;
    }

    // Letters and digits of other scripts are not told from other characters above ASCII: no name that has them is looked for.
    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' || !char.IsAscii(c);

    private static ReadOnlySpan<char> TakeName(ref ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && IsNameCharacter(rest[length]))
        {
            length++;
        }

        var name = rest[..length];
        rest = rest[length..];
        return name;
    }
}
