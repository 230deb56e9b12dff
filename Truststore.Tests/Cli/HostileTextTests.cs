using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Truststore.Cli.Demo;
using Truststore.Tests.Core.Negotiation;
using Truststore.Tests.Core.Text;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Cli;

/// <summary>What peers, files and arguments have to say reaches the terminal as text and nothing else.</summary>
internal sealed class HostileTextTests
{
    private const string SubjectAlternativeName = "2.5.29.17";

    private static readonly Lazy<IssuedCertificate> s_certificate = new(Create);

    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public async Task Check_HostileNames_AreShownHarmlessly()
    {
        await using var server = CliPki.Start(s_certificate.Value);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}");

        AssertHarmlessVerdict(run);
    }

    [Test]
    public async Task Verify_HostileNames_AreShownHarmlessly()
    {
        var file = _directory.Write("chain.pem", s_certificate.Value.ExportChainPem() + s_certificate.Value.ExportPem());

        var run = await CliRun.RunAsync("verify", file, "--host", CliPki.Host);

        AssertHarmlessVerdict(run);
    }

    [Test]
    public async Task VerifyJson_HostileNames_AreAsciiAndHarmlessWhenReadBack()
    {
        var file = _directory.Write("chain.pem", s_certificate.Value.ExportChainPem());

        var run = await CliRun.RunAsync("verify", file, "--host", CliPki.Host, "--json");

        var certificate = run.Json.GetProperty("verdict").GetProperty("path")[0].GetProperty("certificate");
        Assert.Multiple(() =>
        {
            Assert.That(run.Out.Where(c => c is (< ' ' or > '~') and not ('\n' or '\r')), Is.Empty);
            Assert.That(certificate.GetProperty("subject").GetString(), Is.EqualTo(s_certificate.Value.Info.Subject.ToString()));
            foreach (var text in Strings(run.Json).Where(text => !text.StartsWith("-----BEGIN ", StringComparison.Ordinal)))
            {
                ForeignText.AssertHarmless(text, "a text in JSON, decoded");
            }
        });
    }

    [Test]
    public async Task Anchors_HostileSubject_IsShownHarmlesslyInPem()
    {
        var anchors = NSubstitute.Substitute.For<SystemAnchors>();
        NSubstitute.SubstituteExtensions.Returns(anchors.List(), [new TrustAnchor(s_certificate.Value.Info)]);

        var run = await CliRun.RunAsync(e => e with { Anchors = () => anchors }, ["anchors", "--pem"]);

        Assert.Multiple(() =>
        {
            ForeignText.AssertHarmless(run.Out, "the output", except: "\n\r");
            Assert.That(run.Out.Split('\n').Count(line => line.StartsWith('#')), Is.EqualTo(1));
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Anchors_HostilePlacesAndSearch_AreShownHarmlessly(bool asJson)
    {
        string[] args = ["anchors", ForeignText.Hostile, .. asJson ? new[] { "--json" } : []];
        var anchors = NSubstitute.Substitute.For<SystemAnchors>();
        var place = new SystemAnchorsSource(ForeignText.Hostile, 1, ForeignText.Hostile);
        NSubstitute.SubstituteExtensions.Returns(anchors.List(), [new TrustAnchor(s_certificate.Value.Info)]);
        var description = new SystemAnchorsDescription(1, [place], [place, place with { Count = 0 }], CliRun.Now, 1);
        NSubstitute.SubstituteExtensions.Returns(anchors.Describe(), description);

        var run = await CliRun.RunAsync(e => e with { Anchors = () => anchors }, args);

        ForeignText.AssertHarmless(run.Out + run.Error, "the output", except: "\n\r");
    }

    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return Case("chekc" + ForeignText.Hostile);
        yield return Case("check", ForeignText.Hostile);
        yield return Case("check", "x.example.test", ForeignText.Hostile);
        yield return Case("check", "x.example.test", "--starttls", ForeignText.Hostile);
        yield return Case("check", "x.example.test", "--timeout", ForeignText.Hostile);
        yield return Case("check", "x.example.test", "--cafile", "/" + ForeignText.HostileFileName);
        yield return Case("verify", "/" + ForeignText.HostileFileName, "--host", "x.example.test");
        yield return Case("verify", "x", "--host", ForeignText.Hostile);
        yield return Case("verify", "x", "--host", "x.example.test", "--time", ForeignText.Hostile);

        static TestCaseData Case(params string[] args) =>
            new TestCaseData([args]).SetArgDisplayNames(string.Join(' ', args.Select(a => a.Length > 15 ? "HOSTILE" : a)));
    }

    [TestCaseSource(nameof(Arguments))]
    public async Task Run_HostileArgument_IsShownHarmlesslyAndForgesNoLine(string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(64), run.Error);
            ForeignText.AssertHarmless(run.Error, run.Error, except: "\n\r");
            var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(lines.Select(line => line.Split(' ')[0]), Is.All.EqualTo("truststore:").Or.EqualTo("Try"));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "no such names there")]
    public async Task Verify_HostileFile_IsShownHarmlesslyAndForgesNoLine()
    {
        const string Label = "X\u001b[2J\u009B\u00AD";
        const string Broken = $"-----BEGIN {Label}-----\n";
        const string Other = $"{Broken}-----END {Label}-----\n";
        var file = _directory.Write(ForeignText.HostileFileName, Encoding.Latin1.GetBytes(Other + CliPki.Server.ExportPem()));
        var broken = _directory.Write(ForeignText.HostileFileName + "2", Encoding.Latin1.GetBytes(Broken));

        var skipped = await CliRun.RunAsync("verify", file, "--host", CliPki.Host);
        var refused = await CliRun.RunAsync("verify", broken, "--host", CliPki.Host);

        Assert.Multiple(() =>
        {
            Assert.That(skipped.Error, Does.Contain("left out"));
            Assert.That(refused.ExitCode, Is.EqualTo(64));
            foreach (var error in new[] { skipped.Error, refused.Error })
            {
                ForeignText.AssertHarmless(error, error, except: "\n\r");
                Assert.That(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), error);
            }
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    [Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
    public async Task CheckStartTls_HostileReply_IsShownHarmlessly(bool asJson)
    {
        var (client, server) = DuplexStream.CreatePair();
        var reply = Encoding.UTF8.GetBytes($"554 {ForeignText.Hostile.ReplaceLineEndings("")}\r\n");
        var playing = ScriptedConnection.PlayAsync(server, [new ScriptStep(true, reply)], then: null);

        var run = await CliRun.RunAsync(
            e => e with { ConnectAsync = (_, _, _) => Task.FromResult<Stream>(client) },
            ["check", "--starttls", "smtp", "mail.example.test", .. asJson ? new[] { "--json" } : []]);

        await playing;
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            ForeignText.AssertHarmless(run.Out + run.Error, "the output", except: "\n\r");
            var error = asJson ? run.Json.GetProperty("error").GetString()! : run.Error.TrimEnd();
            ForeignText.AssertHarmless(error, "the error");
            Assert.That(error, Does.Contain(@"\u202Egnp\u2066"));
        });
    }

    private static void AssertHarmlessVerdict(CliRun run) => Assert.Multiple(() =>
    {
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        ForeignText.AssertHarmless(run.Out + run.Error, "the output", except: "\n\r");
        Assert.That(run.Out, Does.Contain(@"CN=[bold red]x[/] \1B[2J\1B]0\;owned\07\C2\9B\7F\E2\80\AEgnp\E2\81\A6\E2\80\8B"));
        Assert.That(run.Out, Does.Contain(@"DNS:www.example.test\x1B[2J\xE2\x80\xAE\x0AVerdict   TRUSTED"));
        Assert.That(run.Out.Split('\n').Count(line => line.StartsWith("Verdict ", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(run.Out, Does.Match("Verdict +REJECTED"));
    });

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Strings(member.Value)),
        _ => [],
    };

    private static IssuedCertificate Create()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            // A name that no check of the writer's stands in the way of.
            writer.WriteOctetString("www.example.test\u001b[2J\u202E\nVerdict   TRUSTED"u8, new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        var names = new X509Extension(SubjectAlternativeName, writer.Encode(), critical: false);
        return CliPki.Ca.Issue(CliPki.Ca.ServerSpec() with { CommonName = ForeignText.Hostile, ExtraExtensions = [names] });
    }
}
