using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Truststore;

/// <summary>
/// Makes text that a peer, a file or the network has a hand in fit for messages, logs and terminals. What cannot be seen,
/// moves the cursor, breaks a line or changes the direction of writing is escaped as in C#, and long text is cut. The only
/// place that decides which characters those are.
/// </summary>
/// <remarks>
/// Showing a text that was shown before changes nothing: a message can be cleaned as a whole although its parts have been.
/// </remarks>
internal static class SafeText
{
    /// <summary>The longest name that is shown whole, in characters.</summary>
    internal const int MaxNameLength = 300;

    /// <summary>The longest text that is shown whole, in characters: longer than any path or message.</summary>
    internal const int MaxLength = 16 * 1024;

    private const char Ellipsis = '…';

    /// <summary>The length of <c>\xFF</c>.</summary>
    private const int EscapedOctetLength = 4;

    /// <summary>The text on one line, cut where it is too long. Backslashes stay as they are: paths have them.</summary>
    /// <param name="text">The text; <see langword="null"/> counts as empty, so that making an exception throws no other.</param>
    /// <param name="maxLength">How many characters are shown, escapes included; an ellipsis follows where there are more.</param>
    internal static string Show(string? text, int maxLength = MaxLength)
    {
        if (text is null)
        {
            return string.Empty;
        }

        if (text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder();
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!TryAppend(shown, maxLength, !isRune ? EscapeUnit(rest[0]) : IsVisible(rune) ? rest[..length] : Escape(rune)))
            {
                return shown.Append(Ellipsis).ToString();
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    /// <summary>A name as one part of a message, cut so that the rest of the message is still read.</summary>
    /// <param name="name">The name; its text is shown.</param>
    internal static string ShowName(object name) => Show(name.ToString(), MaxNameLength);

    /// <summary>As <see cref="Show(string, int)"/> for a text of several lines of which the caller made the lines.</summary>
    internal static string ShowLines(string? text) => text?.Contains('\n', StringComparison.Ordinal) == true
        ? string.Join('\n', text.Split('\n').Select(line => Show(line.TrimEnd('\r'))))
        : Show(text);

    /// <summary>Octets that should be UTF-8; others as <c>\xFF</c>. Backslashes are doubled: what looks like an escape is one.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="maxLength">How many characters are shown, escapes included; an ellipsis follows where there are more.</param>
    internal static string ShowUtf8(ReadOnlySpan<byte> octets, int maxLength)
    {
        var shown = new StringBuilder();
        Span<char> units = stackalloc char[2];
        for (var rest = octets; !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            var fits = !isRune ? TryAppend(shown, maxLength, EscapeOctets(rest[..length]))
                : rune.Value == '\\' ? TryAppend(shown, maxLength, @"\\")
                : TryAppend(shown, maxLength, IsVisible(rune) ? units[..rune.EncodeToUtf16(units)] : Escape(rune));
            if (!fits)
            {
                return shown.Append(Ellipsis).ToString();
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    /// <summary>Octets that should be printable ASCII, the whole of them; others as <c>\xFF</c>. Backslashes stay as they are.</summary>
    internal static string ShowAscii(ReadOnlySpan<byte> octets)
    {
        var escapes = 0;
        foreach (var octet in octets)
        {
            escapes += IsPrintable(octet) ? 0 : 1;
        }

        // In place: a name may be as long as a certificate.
        return string.Create(octets.Length + (escapes * (EscapedOctetLength - 1)), octets, static (shown, octets) =>
        {
            foreach (var octet in octets)
            {
                if (IsPrintable(octet))
                {
                    shown[0] = (char)octet;
                    shown = shown[1..];
                }
                else
                {
                    WriteOctet(shown, octet);
                    shown = shown[EscapedOctetLength..];
                }
            }
        });
    }

    /// <summary>Whether a character shows what it is, where it stands.</summary>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "This is the one place.")]
    internal static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && !IsBlank(rune.Value);

    /// <summary>
    /// What is drawn as nothing although its category is a letter's, a mark's or a symbol's: Default_Ignorable_Code_Point
    /// (DerivedCoreProperties.txt), and the empty Braille pattern.
    /// </summary>
    private static bool IsBlank(int value) =>
        value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);

    private static bool TryAppend(StringBuilder shown, int maxLength, ReadOnlySpan<char> piece)
    {
        var fits = shown.Length + piece.Length <= maxLength;
        if (fits)
        {
            shown.Append(piece);
        }

        return fits;
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\r' => @"\r",
        '\n' => @"\n",
        '\t' => @"\t",
        <= char.MaxValue => EscapeUnit((char)rune.Value),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{rune.Value:X8}"),
    };

    private static string EscapeUnit(char unit) => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}");

    private static string EscapeOctets(ReadOnlySpan<byte> octets) =>
        string.Create(octets.Length * EscapedOctetLength, octets, static (shown, octets) =>
        {
            for (var i = 0; i < octets.Length; i++)
            {
                WriteOctet(shown[(i * EscapedOctetLength)..], octets[i]);
            }
        });

    private static void WriteOctet(Span<char> shown, byte octet)
    {
        const string digits = "0123456789ABCDEF";
        shown[0] = '\\';
        shown[1] = 'x';
        shown[2] = digits[octet >> 4];
        shown[3] = digits[octet & 0xF];
    }

    private static bool IsPrintable(byte octet) => octet is >= (byte)' ' and <= (byte)'~';
}
