using Truststore.Cli.Output;

namespace Truststore.Tests.Cli;

internal sealed class SafeTextTests
{
    [TestCase("plain [text] ünïcödé 漢字 🔒", "plain [text] ünïcödé 漢字 🔒")]
    [TestCase("a\u001b[31mb", "a<U+001B>[31mb")]
    [TestCase("a\r\n\tb\0", "a<U+000D><U+000A><U+0009>b<U+0000>")]
    [TestCase("a\u009bb\u007f", "a<U+009B>b<U+007F>")]
    [TestCase("\u202Eabc\u2066\uFEFF", "<U+202E>abc<U+2066><U+FEFF>")]
    [TestCase("\u2028\u2029\uE000", "<U+2028><U+2029><U+E000>")]
    public void Show_Text_MakesWhatIsInvisibleVisible(string text, string expected) => Assert.That(SafeText.Show(text), Is.EqualTo(expected));

    [Test]
    public void Show_LoneSurrogate_IsReplaced() => Assert.That(SafeText.Show(new string(['\uD800', 'x'])), Is.EqualTo("\uFFFDx"));

    [Test]
    public void Show_LongText_IsCut()
    {
        Assert.That(SafeText.Show(new string('x', 100), maxLength: 10), Is.EqualTo("xxxxxxxxxx… (100 characters in all)"));
    }
}
