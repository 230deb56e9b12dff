using System.Security.Cryptography;
using NSubstitute;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

internal sealed class AnchorsCommandTests
{
    private static readonly Lazy<IReadOnlyList<CertificateInfo>> s_certificates = new(() =>
    [
        .. new[] { "Alpha Root", "Beta Root", "Gamma Special" }.Select(name =>
        {
            using var issued = IssuedCertificate.SelfSigned(CertificateSpec.Authority(name, CliRun.Now.AddYears(-1), CliRun.Now.AddYears(1)));
            return issued.Info;
        }),
    ]);

    private static IReadOnlyList<CertificateInfo> Certificates => s_certificates.Value;

    [Test]
    public async Task Anchors_NoSearch_ListsAllAndSaysWhereFrom()
    {
        var run = await RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Out, Does.Contain("CN=Alpha Root").And.Contains("CN=Beta Root").And.Contains("CN=Gamma Special (not for TLS servers)"));
            Assert.That(run.Out, Does.Contain("3 trust anchors"));
            Assert.That(run.Out, Does.Match(@"From +/somewhere/bundle\.pem: 3 \(a distribution\)"));
            Assert.That(run.Out, Does.Match(@"Looked at +/elsewhere: 0 \(does not exist\)"));
            Assert.That(run.Out, Does.Not.Match("Looked at +/somewhere"));
        });
    }

    private static IEnumerable<TestCaseData> Searches()
    {
        yield return new TestCaseData("root", new[] { 0, 1 }).SetArgDisplayNames("subject, any case");
        yield return new TestCaseData("CN=Beta", new[] { 1 }).SetArgDisplayNames("subject with attribute type");
        yield return new TestCaseData(Certificates[2].Fingerprint, new[] { 2 }).SetArgDisplayNames("fingerprint");
        yield return new TestCaseData(WithColons(Certificates[0].Fingerprint), new[] { 0 }).SetArgDisplayNames("fingerprint with colons");
        yield return new TestCaseData(Certificates[1].Fingerprint[..16].ToLowerInvariant(), new[] { 1 }).SetArgDisplayNames("start of fingerprint");
        yield return new TestCaseData(Certificates[1].SerialNumber, new[] { 1 }).SetArgDisplayNames("serial number");
        yield return new TestCaseData(Certificates[0].SubjectPublicKeyInfoSha256, new[] { 0 }).SetArgDisplayNames("public key hash");
        yield return new TestCaseData("sha256/" + Convert.ToBase64String(Convert.FromHexString(Certificates[2].SubjectPublicKeyInfoSha256)), new[] { 2 }).SetArgDisplayNames("public key pin");
        yield return new TestCaseData("Delta", Array.Empty<int>()).SetArgDisplayNames("nothing");
    }

    [TestCaseSource(nameof(Searches))]
    public async Task Anchors_Search_FindsWhatPeopleHaveAtHand(string search, int[] expected)
    {
        var run = await RunAsync(search, "--json");

        var found = run.Json.GetProperty("anchors").EnumerateArray().Select(a => a.GetProperty("certificate").GetProperty("fingerprintSha256").GetString());
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(expected.Select(i => Certificates[i].Fingerprint)));
            Assert.That(run.ExitCode, Is.EqualTo(expected.Length > 0 ? 0 : 1));
        });
    }

    [Test]
    public async Task Anchors_NothingMatches_SaysSo()
    {
        var run = await RunAsync("Delta");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Contain("0 of 3 trust anchors match 'Delta'"));
        });
    }

    [Test]
    public async Task Anchors_Json_DescribesSourcesAndRestrictions()
    {
        var run = await RunAsync("--json");

        var anchors = run.Json.GetProperty("anchors");
        Assert.Multiple(() =>
        {
            Assert.That(run.Json.GetProperty("command").GetString(), Is.EqualTo("anchors"));
            Assert.That(run.Json.GetProperty("count").GetInt32(), Is.EqualTo(3));
            Assert.That(run.Json.GetProperty("sources")[0].GetProperty("location").GetString(), Is.EqualTo("/somewhere/bundle.pem"));
            Assert.That(run.Json.GetProperty("tried").GetArrayLength(), Is.EqualTo(2));
            Assert.That(anchors.GetArrayLength(), Is.EqualTo(3));
            Assert.That(anchors[2].GetProperty("rejectedUsages")[0].GetString(), Is.EqualTo("1.3.6.1.5.5.7.3.1"));
            Assert.That(anchors[0].GetProperty("certificate").GetProperty("subject").GetString(), Is.EqualTo("CN=Alpha Root"));
        });
    }

    [Test]
    public async Task Anchors_Pem_PrintsBlocksThatReadBack()
    {
        var run = await RunAsync("root", "--pem");

        var read = new List<CertificateInfo>();
        ReadOnlySpan<char> text = run.Out;
        while (PemEncoding.TryFind(text, out var fields))
        {
            read.Add(CertificateInfo.Parse(Convert.FromBase64String(text[fields.Base64Data].ToString())));
            text = text[fields.Location.End..];
        }

        Assert.Multiple(() =>
        {
            Assert.That(read, Is.EqualTo(Certificates.Take(2)));
            Assert.That(run.Out, Does.Contain("# CN=Alpha Root"));
        });
    }

    [Test]
    public async Task Anchors_SystemHasNone_Returns64AndSaysWhatWasTried()
    {
        var run = await CliRun.RunAsync(e => e with { Anchors = () => throw new SystemAnchorsNotFoundException("No trust anchors. Tried:\n  /nowhere", []) }, ["anchors"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(64));
            Assert.That(run.Error, Does.Match(@"No trust anchors\. Tried:\r?\n  /nowhere"));
        });
    }

    private static Task<CliRun> RunAsync(params string[] options)
    {
        var source = new SystemAnchorsSource("/somewhere/bundle.pem", 3, "a distribution");
        var anchors = Substitute.For<SystemAnchors>();
        anchors.List().Returns([new TrustAnchor(Certificates[0]), new TrustAnchor(Certificates[1]), new TrustAnchor(Certificates[2], rejectedUsages: ["1.3.6.1.5.5.7.3.1"])]);
        anchors.Describe().Returns(new SystemAnchorsDescription(3, [source], [new SystemAnchorsSource("/elsewhere", 0, "does not exist"), source], CliRun.Now, 1));
        return CliRun.RunAsync(e => e with { Anchors = () => anchors }, ["anchors", .. options]);
    }

    private static string WithColons(string hexadecimal) => string.Join(':', hexadecimal.Chunk(2).Select(c => new string(c)));
}
