namespace Truststore.Tests.Core.Text;

/// <summary>What peers and files put into names to deceive readers and terminals.</summary>
internal static class ForeignText
{
    /// <summary>
    /// Clears the screen, sets the title, turns the direction of writing, hides a letter, tags, and begins a line of
    /// its own.
    /// </summary>
    internal const string Hostile = "[bold red]x[/] \u001b[2J\u001b]0;owned\u0007\u009B\u007F\u202Egnp\u2066\u200B\u200F\u061C\u00AD"
        + "\uFEFF\uFE0F\U000E0041\u2028\u2029\nVerdict   TRUSTED";

    /// <summary>The same without what the names of files cannot have or what would end a line of PEM.</summary>
    internal const string HostileFileName = "x\u001b[2J\u009B\u202Egnp\u2066\u200B\u200F\u061C\u00AD\uFEFF\U000E0041\u2028\nall is well";

    private static readonly string[] s_harmful =
    [
        "\0", "\a", "\b", "\t", "\n", "\r", "\u001b", "\u007F", "\u0085", "\u009B", "\u00AD", "\u061C",
        "\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
        "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\uFE0F", "\uFEFF", "\U000E0041",
    ];

    /// <summary>Those of the characters that must not get through which did.</summary>
    internal static IReadOnlyList<string> FindHarm(string? text, string except = "") =>
        text is null ? [] :
        [
            .. s_harmful
                .Where(harm => !except.Contains(harm, StringComparison.Ordinal) && text.Contains(harm, StringComparison.Ordinal))
                .Select(harm => $"U+{char.ConvertToUtf32(harm, 0):X4}"),
        ];

    /// <summary>Fails where one of them got through, or a text is longer than anybody reads.</summary>
    internal static void AssertHarmless(string? text, string what, string except = "")
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FindHarm(text, except), Is.Empty, what);
            Assert.That(text?.Length ?? 0, Is.LessThan(16_500), what);
        }
    }
}
