using System.Text;

namespace Truststore.Tests.Core.Text;

/// <summary>What is shown of a text that others have a hand in, character by character.</summary>
internal sealed class SafeTextTests
{
    // Names of their own: test reports drop cases whose names have control characters.
    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Case("visible", "plain [text] ünïcödé 漢字 e\u0301 עברית 🔒", "plain [text] ünïcödé 漢字 e\u0301 עברית 🔒");
        yield return Case("path of Windows", @"C:\certs\u202E.pem", @"C:\certs\u202E.pem");
        yield return Case("escape sequence", "a\u001b[31mb", @"a\u001B[31mb");
        yield return Case("line ends and tabulator", "a\r\n\tb", @"a\r\n\tb");
        yield return Case("C0 controls", "\0\u0001\u0007\u0008\u000B\u000C\u001F", @"\u0000\u0001\u0007\u0008\u000B\u000C\u001F");
        yield return Case("DEL and C1 controls", "\u007F\u0080\u0085\u009B\u009F", @"\u007F\u0080\u0085\u009B\u009F");
        yield return Case("embeddings and overrides", "\u202A\u202B\u202C\u202D\u202E", @"\u202A\u202B\u202C\u202D\u202E");
        yield return Case("isolates", "\u2066\u2067\u2068\u2069", @"\u2066\u2067\u2068\u2069");
        yield return Case("directional marks", "\u200E\u200F\u061C", @"\u200E\u200F\u061C");
        yield return Case("line and paragraph separator", "\u2028\u2029", @"\u2028\u2029");
        yield return Case("zero width", "\u200B\u200C\u200D\u2060\uFEFF", @"\u200B\u200C\u200D\u2060\uFEFF");
        yield return Case("invisible operators", "\u2061\u2062\u2063\u2064", @"\u2061\u2062\u2063\u2064");
        yield return Case("soft hyphen and joiner", "a\u00ADb\u034Fc", @"a\u00ADb\u034Fc");
        yield return Case("fillers", "\u115F\u1160\u3164\uFFA0\u2800\u17B4\u17B5", @"\u115F\u1160\u3164\uFFA0\u2800\u17B4\u17B5");
        yield return Case("variation selectors", "\uFE00\uFE0F\u180B\u180E\U000E0100\U000E01EF",
            @"\uFE00\uFE0F\u180B\u180E\U000E0100\U000E01EF");
        yield return Case("tags", "\U000E0001\U000E0041\U000E007F", @"\U000E0001\U000E0041\U000E007F");
        yield return Case("deprecated and interlinear", "\u206A\u206F\uFFF9\uFFFB", @"\u206A\u206F\uFFF9\uFFFB");
        yield return Case("musical and shorthand controls", "\U0001D173\U0001BCA0", @"\U0001D173\U0001BCA0");
        yield return Case("private use", "\uE000\uF8FF\U000F0000\U0010FFFD", @"\uE000\uF8FF\U000F0000\U0010FFFD");
        yield return Case("noncharacters", "\uFDD0\uFFFE\uFFFF\U0010FFFF", @"\uFDD0\uFFFE\uFFFF\U0010FFFF");
        yield return Case("lone surrogates", new string(['\uD800', 'x', '\uDC00', '\uDBFF']), @"\uD800x\uDC00\uDBFF");
        yield return Case("empty", "", "");
    }

    private static IEnumerable<TestCaseData> Octets()
    {
        yield return Case("UTF-8", Encoding.UTF8.GetBytes("é漢🔒 x"), "é漢🔒 x");
        yield return Case("backslash", @"\u202E\"u8.ToArray(), @"\\u202E\\");
        yield return Case("controls", "a\r\n\u001B[2J"u8.ToArray(), @"a\r\n\u001B[2J");
        yield return Case("override", "\u202Egnp"u8.ToArray(), @"\u202Egnp");
        yield return Case<byte[]>("not UTF-8", [0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x80], @"a\xFF\xC3(\xE2\x80");
        yield return Case<byte[]>("surrogate in UTF-8", [0xED, 0xA0, 0x80], @"\xED\xA0\x80");
        yield return Case<byte[]>("overlong", [0xC0, 0x8A], @"\xC0\x8A");
    }

    [TestCaseSource(nameof(Texts))]
    public void Show_Text_EscapesWhatCannotBeSeen(string text, string expected) => Assert.That(SafeText.Show(text), Is.EqualTo(expected));

    [TestCaseSource(nameof(Texts))]
    public void Show_ShownText_StaysAsItIs(string text, string expected) =>
        Assert.That(SafeText.Show(SafeText.Show(text)), Is.EqualTo(expected));

    [TestCaseSource(nameof(Octets))]
    public void ShowUtf8_Octets_ShowsThemWithoutASecondReading(byte[] octets, string expected) =>
        Assert.That(SafeText.ShowUtf8(octets, 512), Is.EqualTo(expected));

    [Test]
    public void ShowAscii_Octets_EscapesAllThatIsNotPrintableAscii() =>
        Assert.That(SafeText.ShowAscii([.. "a\\b ~"u8, 0x00, 0x1B, 0x7F, 0xC3, 0xBC]), Is.EqualTo(@"a\b ~\x00\x1B\x7F\xC3\xBC"));

    [Test]
    public void ShowLines_Lines_KeepsNothingButTheLines() =>
        Assert.That(SafeText.ShowLines("Tried:\r\n  a\u202E\rb\n  c\u2028d"), Is.EqualTo("Tried:\n  a\\u202E\\rb\n  c\\u2028d"));

    private static IEnumerable<TestCaseData> LongTexts()
    {
        yield return Case("ten", "xxxxxxxxxx", "xxxxxxxxxx");
        yield return Case("eleven", "xxxxxxxxxxx", "xxxxxxxxxx…");
        yield return Case("pair of surrogates", "xxxxxxxxx\U0001F512", "xxxxxxxxx…");
        yield return Case("escape that does not fit", "xxxxx\u202E", "xxxxx…");
        yield return Case("escape that fits", "xxxx\u202E", "xxxx\\u202E");
    }

    [TestCaseSource(nameof(LongTexts))]
    public void Show_LongText_IsCutBehindTheLastWholeCharacter(string text, string expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SafeText.Show(text, maxLength: 10), Is.EqualTo(expected));
            Assert.That(SafeText.ShowUtf8(Encoding.UTF8.GetBytes(text), maxLength: 10), Is.EqualTo(expected));
            Assert.That(SafeText.Show(expected, maxLength: 10), Is.EqualTo(expected), "shown a second time");
        }
    }

    [Test]
    public void Show_TextOfEscapesOnly_IsCutByWhatIsShown() =>
        Assert.That(SafeText.Show(new string('\u202E', 1_000_000), 300), Has.Length.EqualTo(301));

    [Test]
    public void Show_Null_IsEmpty() => Assert.That(SafeText.Show(null), Is.Empty);

    private static TestCaseData Case<T>(string name, T text, string expected) => new TestCaseData(text, expected).SetArgDisplayNames(name);
}
