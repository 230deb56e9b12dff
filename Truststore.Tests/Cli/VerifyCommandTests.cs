using System.Text;
using System.Text.Json;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

internal sealed class VerifyCommandTests
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public async Task Verify_GoodChain_ShowsPathAndReturns0()
    {
        var run = await VerifyAsync(CliPki.Server.ExportChainPem());

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Out, Does.Match("Verdict +TRUSTED"));
            Assert.That(run.Out, Does.Match("(?s)CN=Tool Root CA.+CN=Tool Intermediate CA.+certificate 1, in the file"));
        });
    }

    [Test]
    public async Task Verify_MissingIntermediate_Returns1()
    {
        var run = await VerifyAsync(CliPki.Server.ExportPem());

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Contain(nameof(FailureReason.IssuerNotFound)));
        });
    }

    [Test]
    public async Task Verify_WrongHost_Returns1()
    {
        var run = await RunAsync(Chain(), "--host", "other.example.test");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Contain(nameof(FailureReason.HostnameMismatch)).And.Contains("other.example.test"));
        });
    }

    [TestCase("2026-06-15", 0)]
    [TestCase("2026-06-15T12:00:00+02:00", 0)]
    [TestCase("2026-12-31T23:59:59Z", 1)]
    [TestCase("2026-01-01T00:00Z", 1)]
    public async Task Verify_Time_IsTheTimeOfTheVerdict(string time, int expected)
    {
        var run = await RunAsync(Chain(), "--host", CliPki.Host, "--time", time);

        Assert.That(run.ExitCode, Is.EqualTo(expected), run.Out + run.Error);
    }

    [Test]
    public async Task Verify_Purpose_IsWhatTheCertificateIsFor()
    {
        using var client = CliPki.Ca.Intermediate.Issue(CliPki.Ca.ServerSpec(CliPki.Host) with { ExtendedKeyUsages = [ClientAuthentication], EmailAddresses = ["somebody@example.test"] });
        var file = _directory.Write("client.pem", client.ExportChainPem());

        var asClient = await RunAsync(file, "--purpose", "client");
        var asNamedClient = await RunAsync(file, "--purpose", "client", "--host", "somebody@example.test");
        var asAnotherClient = await RunAsync(file, "--purpose", "client", "--host", "else@example.test");
        var asServer = await RunAsync(file, "--host", CliPki.Host);

        Assert.Multiple(() =>
        {
            Assert.That(asClient.ExitCode, Is.Zero, asClient.Out);
            Assert.That(asNamedClient.ExitCode, Is.Zero, asNamedClient.Out);
            Assert.That(asAnotherClient.ExitCode, Is.EqualTo(1));
            Assert.That(asServer.ExitCode, Is.EqualTo(1));
            Assert.That(asServer.Out, Does.Contain(nameof(FailureReason.InvalidExtendedKeyUsage)));
        });
    }

    [Test]
    public async Task Verify_Json_DescribesTheVerdict()
    {
        var run = await RunAsync(Chain(), "--host", CliPki.Host, "--time", "2027-01-01", "--json");

        var verdict = run.Json.GetProperty("verdict");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Json.GetProperty("command").GetString(), Is.EqualTo("verify"));
            Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("rejected"));
            Assert.That(run.Json.GetProperty("purpose").GetString(), Is.EqualTo("server"));
            Assert.That(run.Json.GetProperty("verificationTime").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            Assert.That(verdict.GetProperty("failures")[0].GetProperty("reason").GetString(), Is.EqualTo(nameof(FailureReason.Expired)));
            Assert.That(verdict.GetProperty("failures")[0].GetProperty("nativeCode").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(verdict.GetProperty("peerChain").EnumerateArray().Select(p => p.GetString()!.TrimEnd()), Is.EqualTo(CliPki.Server.ServerChain.Select(c => c.ExportPem().TrimEnd())));
        });
    }

    [Test]
    public async Task Verify_Der_IsReadOneCertificateBehindTheOther()
    {
        var file = _directory.Write("chain.der", CliPki.Server.ServerChain.SelectMany(c => c.Der.ToArray()).ToArray());

        var run = await RunAsync(file, "--host", CliPki.Host);

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    [Test]
    public async Task Verify_Dash_ReadsTheStandardInput()
    {
        var run = await CliRun.RunAsync(
            e => e with { OpenInput = () => new MemoryStream(Encoding.ASCII.GetBytes(CliPki.Server.ExportChainPem())) },
            ["verify", "-", "--host", CliPki.Host, "--cafile", RootFile()]);

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    [Test]
    public async Task Verify_TextAndOtherBlocks_AreLeftOutAndNamed()
    {
        var run = await VerifyAsync("CONNECTED(00000003)\r\n 0 s:CN = x\r\n" + CliPki.Server.ExportChainPem().ReplaceLineEndings("\r\n") + "some text\n" + CliPki.Server.ExportKeyPem());

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Out);
            Assert.That(run.Error, Does.Contain("PRIVATE KEY").And.Contains("left out"));
        });
    }

    [Test]
    public async Task Verify_MalformedCertificateInPem_IsAVerdict()
    {
        var run = await VerifyAsync("-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Contain(nameof(FailureReason.MalformedCertificate)));
        });
    }

    [Test]
    public async Task Verify_CertificatesThatAreNotNeeded_AreShownApart()
    {
        using var stranger = IssuedCertificate.SelfSigned(CertificateSpec.Authority("Stranger", CliRun.Now.AddDays(-1), CliRun.Now.AddDays(1)));

        var run = await VerifyAsync(CliPki.Server.ExportChainPem() + stranger.ExportPem());

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Out, Does.Match("(?s)also in the file, and not part of this path.+CN=Stranger"));
        });
    }

    private static IEnumerable<TestCaseData> UnusableFiles()
    {
        var pem = CliPki.Server.ExportPem();
        var key = CliPki.Server.ExportKeyPem();
        yield return new TestCaseData(string.Empty, "is empty").SetArgDisplayNames("empty");
        yield return new TestCaseData("hello", "neither PEM nor DER").SetArgDisplayNames("text");
        yield return new TestCaseData("\u0001\u0002\u0003", "neither PEM nor DER").SetArgDisplayNames("binary");
        yield return new TestCaseData(pem[..^40], "line 1: the block 'CERTIFICATE' has no END line").SetArgDisplayNames("truncated PEM");
        yield return new TestCaseData("a comment\n" + pem[..200] + "\n" + pem, "line 2: the block 'CERTIFICATE' has no END line before the next block").SetArgDisplayNames("block in block");
        yield return new TestCaseData(pem + pem.Replace("MII", "M!I", StringComparison.Ordinal), "is not base64").SetArgDisplayNames("bad base64");
        yield return new TestCaseData(pem.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal), "ends as another kind of block").SetArgDisplayNames("mismatched END");
        yield return new TestCaseData(key, "none of them is a CERTIFICATE").SetArgDisplayNames("key only");
        yield return new TestCaseData("0\u0003\u0002\u0001\u0001", "is no certificate").SetArgDisplayNames("DER, no certificate");
    }

    [TestCaseSource(nameof(UnusableFiles))]
    public async Task Verify_UnusableFile_Returns64AndSaysWhatIsWrong(string content, string expected)
    {
        var file = _directory.Write("bad.pem", Encoding.Latin1.GetBytes(content));

        var run = await RunAsync(file, "--host", CliPki.Host);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(64), run.Out);
            Assert.That(run.Error, Does.Contain("bad.pem").And.Contains(expected));
            Assert.That(run.Out, Is.Empty);
        });
    }

    [Test]
    public async Task Verify_MissingFileOrDirectoryOrHugeFile_Returns64AndSaysSo()
    {
        var huge = Path.Combine(_directory.Path, "huge");
        await using (var stream = File.Create(huge))
        {
            stream.SetLength(17 * 1024 * 1024);
        }

        var missing = await RunAsync(Path.Combine(_directory.Path, "missing.pem"), "--host", CliPki.Host);
        var directory = await RunAsync(_directory.Path, "--host", CliPki.Host);
        var tooLarge = await RunAsync(huge, "--host", CliPki.Host);

        Assert.Multiple(() =>
        {
            Assert.That(missing.ExitCode, Is.EqualTo(64));
            Assert.That(missing.Error, Does.Contain("missing.pem' does not exist"));
            Assert.That(directory.ExitCode, Is.EqualTo(64));
            Assert.That(directory.Error, Does.Contain("is a directory"));
            Assert.That(tooLarge.ExitCode, Is.EqualTo(64));
            Assert.That(tooLarge.Error, Does.Contain("larger than 16 MiB"));
        });
    }

    private string Chain() => _directory.Write("chain.pem", CliPki.Server.ExportChainPem());

    private string RootFile() => _directory.Write("root.pem", CliPki.Ca.RootPem);

    private Task<CliRun> VerifyAsync(string chain) => RunAsync(_directory.Write("chain.pem", chain), "--host", CliPki.Host);

    private Task<CliRun> RunAsync(string file, params string[] options) => CliRun.RunAsync(["verify", file, "--cafile", RootFile(), "--no-system-anchors", .. options]);
}
