using System.Text;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustDataFormatTests
{
    private static readonly byte[][] s_rootAlone = [Root];
    private static readonly byte[][] s_rootAndOther = [Root, OtherRoot];

    private static IEnumerable<TestCaseData> Anchors()
    {
        yield return Case("one block", RootPem, s_rootAlone);
        yield return Case("no line end behind the last line", RootPem.TrimEnd('\n'), s_rootAlone);
        yield return Case("CRLF", RootPem.ReplaceLineEndings("\r\n"), s_rootAlone);
        yield return Case("CR alone", RootPem.ReplaceLineEndings("\r"), s_rootAlone);
        yield return Case("byte order mark", "\uFEFF" + RootPem, s_rootAlone);
        yield return Case("white space behind the lines", RootPem.Replace("\n", " \t\n", StringComparison.Ordinal), s_rootAlone);
        yield return Case("indented content", RootPem.Replace("\nMII", "\n  MII", StringComparison.Ordinal), s_rootAlone);
        yield return Case("empty lines in the content", RootPem.Replace("\n", "\n\n", StringComparison.Ordinal), s_rootAlone);
        yield return Case("one long line", $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(Root)}\n-----END CERTIFICATE-----", s_rootAlone);
        yield return Case("X509 CERTIFICATE", Pem("X509 CERTIFICATE", Root), s_rootAlone);
        yield return Case("TRUSTED CERTIFICATE without restrictions", Pem("TRUSTED CERTIFICATE", Root), s_rootAlone);
        yield return Case("two blocks", RootPem + OtherRootPem, s_rootAndOther);
        yield return Case("the same block twice", RootPem + OtherRootPem + RootPem, s_rootAndOther);
        yield return Case("comments", $"# First: é ü 例え\n\n{RootPem}\n----- a line of dashes -----\nOther = \"-----BEGIN\"\n{OtherRootPem}\nthe end", s_rootAndOther);
        yield return Case("a block that is commented out", "# " + ServerPem.TrimEnd('\n').Replace("\n", "\n# ", StringComparison.Ordinal) + "\n" + RootPem, s_rootAlone);
        yield return Case("text that begins with the tag of a SEQUENCE", "0 is where it starts\n" + RootPem, s_rootAlone);
        yield return Case("text that begins with the tag and a short length", "00\n" + RootPem, s_rootAlone);
        yield return Case("an intermediate and a server", IntermediatePem + ServerPem, [Intermediate, Server]);
        yield return Case("version 1", Pem("CERTIFICATE", Version1Root), [Version1Root]);
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return Case("one certificate", Root, s_rootAlone);
        yield return Case("two certificates", [.. Root, .. OtherRoot], s_rootAndOther);
        yield return Case("version 1", [.. Version1Root, .. Root], [Version1Root, Root]);
        yield return Case("Latin-1 comment around PEM", [.. Encoding.Latin1.GetBytes("# Zertifizierungsstelle für alle\n"), .. Encoding.ASCII.GetBytes(RootPem)], s_rootAlone);
    }

    [TestCaseSource(nameof(Anchors))]
    [TestCaseSource(nameof(Encodings))]
    public void LoadVerifyLocations_Bytes_AddsTheCertificates(byte[] data, byte[][] expected)
    {
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(data);

        Assert.That(TrustAssert.Loaded(context), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Anchors))]
    public void LoadVerifyLocations_Text_AddsTheCertificates(byte[] data, byte[][] expected)
    {
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caData: Encoding.UTF8.GetString(data));

        Assert.That(TrustAssert.Loaded(context), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Anchors))]
    [TestCaseSource(nameof(Encodings))]
    public void LoadVerifyLocations_File_AddsTheCertificates(byte[] data, byte[][] expected)
    {
        using var directory = new TemporaryDirectory();
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caFile: directory.Write("anchors.bin", data));

        Assert.That(TrustAssert.Loaded(context), Is.EqualTo(expected));
    }

    [Test]
    public void LoadVerifyLocations_RevocationLists_AreKeptOnce()
    {
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caData: RootPem + RevocationListPem + RevocationListPem);
        context.LoadVerifyLocations([.. RevocationList, .. Root]);

        Assert.That(context.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: 1, Crl: 1, X509Ca: 1)));
    }

    [Test]
    public void LoadVerifyLocations_RevocationListAlone_IsEnough()
    {
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caData: RevocationListPem);

        Assert.That(context.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: 0, Crl: 1, X509Ca: 0)));
    }

    [Test]
    public void LoadVerifyLocations_AllThreeSources_AddsAllInTheirOrder()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("file", RootPem);
        directory.Write("in-directory.pem", IntermediatePem);
        var context = TrustAssert.NewContext();
        context.LoadVerifyLocations(caData: OtherRootPem);

        context.LoadVerifyLocations(file, directory.FullName, ServerPem);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TrustAssert.Loaded(context), Is.EqualTo([OtherRoot, Root, Intermediate, Server]));
            Assert.That(context.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: 4, Crl: 0, X509Ca: 3)));
            Assert.That(context.GetCaCertificates().Select(c => c.RawData.ToArray()), Is.EqualTo([OtherRoot, Root, Intermediate]));
        }
    }

    [Test]
    public void LoadVerifyLocations_LaterSourceIsBad_AddsNothingOfTheEarlierOnes()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("file", RootPem);
        directory.Write("in-directory.pem", IntermediatePem);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(file, directory.FullName, "nothing"), "caData", "without a PEM block");
    }

    private static TestCaseData Case(string name, string text, byte[][] expected) => Case(name, Encoding.UTF8.GetBytes(text), expected);

    private static TestCaseData Case(string name, byte[] data, byte[][] expected) => new TestCaseData(data, expected).SetArgDisplayNames(name);
}
