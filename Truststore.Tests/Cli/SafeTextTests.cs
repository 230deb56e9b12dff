using Truststore.Cli.Output;

namespace Truststore.Tests.Cli;

internal sealed class SafeTextTests
{
    // Names of their own: test reports drop cases whose names have control characters.
    private static IEnumerable<TestCaseData> Texts()
    {
        yield return new TestCaseData("plain [text] ünïcödé 漢字 🔒", "plain [text] ünïcödé 漢字 🔒").SetArgDisplayNames("visible");
        yield return new TestCaseData("a\u001b[31mb", "a<U+001B>[31mb").SetArgDisplayNames("escape");
        yield return new TestCaseData("a\r\n\tb\0", "a<U+000D><U+000A><U+0009>b<U+0000>").SetArgDisplayNames("C0 controls");
        yield return new TestCaseData("a\u009bb\u007f", "a<U+009B>b<U+007F>").SetArgDisplayNames("C1 controls");
        yield return new TestCaseData("\u202Eabc\u2066\uFEFF", "<U+202E>abc<U+2066><U+FEFF>").SetArgDisplayNames("format characters");
        yield return new TestCaseData("\u2028\u2029\uE000", "<U+2028><U+2029><U+E000>").SetArgDisplayNames("separators and private use");
        yield return new TestCaseData(new string(['\uD800', 'x']), "\uFFFDx").SetArgDisplayNames("lone surrogate");
    }

    [TestCaseSource(nameof(Texts))]
    public void Show_Text_MakesWhatIsInvisibleVisible(string text, string expected) => Assert.That(SafeText.Show(text), Is.EqualTo(expected));

    [Test]
    public void Show_LongText_IsCut() => Assert.That(SafeText.Show(new string('x', 100), maxLength: 10), Is.EqualTo("xxxxxxxxxx… (100 characters in all)"));
}
