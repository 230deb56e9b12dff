using System.Globalization;
using System.Text;

namespace Truststore.Negotiation;

/// <summary>Makes what a server said in plaintext fit for messages and terminals.</summary>
internal static class ReplyText
{
    /// <summary>How much is shown, in bytes.</summary>
    internal const int MaxLength = 300;

    /// <summary>The text as UTF-8, line ends and other control characters escaped as in C, cut where it is too long.</summary>
    internal static string Show(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder();
        for (var rest = bytes[..Math.Min(bytes.Length, MaxLength)]; !rest.IsEmpty;)
        {
            var isValid = Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (isValid)
            {
                Append(shown, rune);
            }
            else
            {
                foreach (var octet in rest[..length])
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
                }
            }

            rest = rest[length..];
        }

        return bytes.Length > MaxLength ? shown.Append('…').ToString() : shown.ToString().TrimEnd();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        switch (rune.Value)
        {
            case '\r':
                shown.Append("\\r");
                break;
            case '\n':
                shown.Append("\\n");
                break;
            case '\t':
                shown.Append("\\t");
                break;
            case '\\':
                shown.Append("\\\\");
                break;
            default:
                shown.Append(IsVisible(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X2}}}"));
                break;
        }
    }

    // Format characters reverse the direction of writing; separators break lines.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
