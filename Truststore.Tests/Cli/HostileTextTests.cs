using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

/// <summary>What peers write into their certificates reaches the terminal as text and nothing else.</summary>
internal sealed class HostileTextTests
{
    private const string Escape = "\u001b[2J\u001b]0;owned\u0007";
    private const string Hostile = "[bold red]x[/][/] [link=https://evil.test]y" + Escape + "\u202Egnp\u200B\u2028\nVerdict   TRUSTED";
    private const string SubjectAlternativeName = "2.5.29.17";

    private static readonly Lazy<IssuedCertificate> s_certificate = new(Create);

    [Test]
    public async Task Check_HostileNames_AreShownHarmlessly()
    {
        await using var server = CliPki.Start(s_certificate.Value);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}");

        AssertHarmless(run);
    }

    [Test]
    public async Task Verify_HostileNames_AreShownHarmlessly()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("chain.pem", s_certificate.Value.ExportChainPem() + s_certificate.Value.ExportPem());

        var run = await CliRun.RunAsync("verify", file, "--host", CliPki.Host);

        AssertHarmless(run);
    }

    [Test]
    public async Task VerifyJson_HostileNames_AreAsciiAndReadBack()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("chain.pem", s_certificate.Value.ExportChainPem());

        var run = await CliRun.RunAsync("verify", file, "--host", CliPki.Host, "--json");

        var certificate = run.Json.GetProperty("verdict").GetProperty("path")[0].GetProperty("certificate");
        Assert.Multiple(() =>
        {
            Assert.That(run.Out.Where(c => c is (< ' ' or > '~') and not ('\n' or '\r')), Is.Empty);
            Assert.That(certificate.GetProperty("subject").GetString(), Is.EqualTo(s_certificate.Value.Info.Subject.ToString()));
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
            Assert.That(run.Out.Where(IsHarmful), Is.Empty);
            Assert.That(run.Out.Split('\n').Count(line => line.StartsWith('#')), Is.EqualTo(1));
        });
    }

    private static void AssertHarmless(CliRun run) => Assert.Multiple(() =>
    {
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That((run.Out + run.Error).Where(IsHarmful), Is.Empty);
        Assert.That(run.Out, Does.Contain("[bold red]x[/][/] [link=https://evil.test]y"));
        Assert.That(run.Out, Does.Contain("<U+202E>gnp<U+200B><U+2028>"));
        Assert.That(run.Out.Split('\n').Where(line => line.StartsWith("Verdict ", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
        Assert.That(run.Out, Does.Match("Verdict +REJECTED"));
    });

    private static bool IsHarmful(char c) => (char.IsControl(c) && c is not ('\n' or '\r')) || c is '\u202E' or '\u200B' or '\u2028';

    private static IssuedCertificate Create()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            // A name that no check of the writer's stands in the way of.
            writer.WriteOctetString("www.example.test\u001b[2J\nVerdict   TRUSTED"u8, new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        return CliPki.Ca.Issue(CliPki.Ca.ServerSpec() with { CommonName = Hostile, ExtraExtensions = [new X509Extension(SubjectAlternativeName, writer.Encode(), critical: false)] });
    }
}
