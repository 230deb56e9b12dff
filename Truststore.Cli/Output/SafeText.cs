using System.Globalization;
using System.Text;

namespace Truststore.Cli.Output;

/// <summary>Makes text that a peer controls fit for a terminal: what moves the cursor, changes colours or reverses the direction of writing is shown, not obeyed.</summary>
internal static class SafeText
{
    /// <summary>The longest text that is shown whole, in characters. Longer than any honest name or message.</summary>
    internal const int MaxLength = 2000;

    /// <summary>The text with each control, format, separator and unassigned character as <c>&lt;U+001B&gt;</c>, cut where it is too long.</summary>
    internal static string Show(string text, int maxLength = MaxLength)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= maxLength)
            {
                return shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length} characters in all)").ToString();
            }

            if (IsVisible(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            }
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
