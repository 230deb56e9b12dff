using Truststore.Cli.Probing;
using Truststore.Tests.Core.Negotiation;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Cli;

/// <summary><c>truststore check --starttls</c>.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class CheckStartTlsTests
{
    private readonly TemporaryDirectory _directory = new();

    private string CaFile => _directory.Write("root.pem", HandshakePki.Instance.Ca.RootPem);

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [TestCase("smtp", 25)]
    [TestCase("lmtp", 24)]
    [TestCase("imap", 143)]
    [TestCase("pop3", 110)]
    [TestCase("ldap", 389)]
    [TestCase("postgres", 5432)]
    [TestCase("postgres-direct", 5432)]
    [TestCase("mysql", 3306)]
    [TestCase("xmpp", 5222)]
    [TestCase("xmpp-server", 5269)]
    [TestCase("ftp", 21)]
    [TestCase("nntp", 119)]
    [TestCase("sieve", 4190)]
    [TestCase("IRC", 6667)]
    public async Task Check_StartTls_ConnectsToTheProtocolsPortAndJudges(string name, int port)
    {
        var protocol = StartTlsNames.Parse(name);

        var (run, connected) = await RunAsync(protocol, ProtocolScripts.Of(protocol).Good, "check", "--starttls", name, ProtocolScripts.Host, "--cafile", CaFile);

        Assert.Multiple(() =>
        {
            Assert.That(connected, Is.EqualTo(port));
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Out, Does.Match(@"Protocol +TLSv1\.3"));
            Assert.That(run.Out, Does.Match("Verdict +TRUSTED"));
        });
    }

    [Test]
    public async Task Check_StartTlsWithPort_ConnectsThere()
    {
        var (_, connected) = await RunAsync(StartTlsProtocol.Smtp, ProtocolScripts.Of(StartTlsProtocol.Smtp).Good, "check", "--starttls", "smtp", ProtocolScripts.Host + ":443", "--cafile", CaFile);

        Assert.That(connected, Is.EqualTo(443));
    }

    [Test]
    public async Task Check_StartTlsUnknownCa_IsRejectedAndDescribed()
    {
        var (run, _) = await RunAsync(StartTlsProtocol.Imap, ProtocolScripts.Of(StartTlsProtocol.Imap).Good, "check", "--starttls", "imap", ProtocolScripts.Host);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Match(@"Verdict +REJECTED \(IssuerNotFound\)"));
            Assert.That(run.Out, Does.Match(@"Protocol +TLSv1\.3"));
        });
    }

    [Test]
    public async Task Check_StartTlsNotOffered_SaysSoAndReturns2()
    {
        var (run, _) = await RunAsync(StartTlsProtocol.Pop3, ProtocolScripts.Of(StartTlsProtocol.Pop3).With(2, "+OK\r\nTOP\r\n.\r\n"), "check", "--starttls", "pop3", ProtocolScripts.Host);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Out, Is.Empty);
            Assert.That(run.Error, Does.Contain("POP3").And.Contains("NotOffered").And.Contains("STLS"));
        });
    }

    [Test]
    public async Task Check_PostgresDirectWithoutApplicationProtocol_Returns2()
    {
        var (run, _) = await RunAsync(StartTlsProtocol.PostgreSql, [], "check", "--starttls", "postgres-direct", ProtocolScripts.Host, "--cafile", CaFile);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("ALPN"));
        });
    }

    [Test]
    public async Task Check_StartTlsSilentServer_TimesOut()
    {
        var (run, _) = await RunAsync(StartTlsProtocol.Smtp, [ScriptStep.C("never said")], "check", "--starttls", "smtp", ProtocolScripts.Host, "--timeout", "0.2");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("upgrade to TLS within 0.2 s"));
        });
    }

    [Test]
    public async Task Check_StartTlsUnknownProtocol_ListsThem()
    {
        var run = await CliRun.RunAsync("check", "--starttls", "gopher", "www.example.test");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(64), run.Error);
            Assert.That(run.Error, Does.Contain("--starttls: 'gopher'").And.Contains("smtp, lmtp, imap"));
        });
    }

    [Test]
    public void Names_AllProtocols_HaveOne() =>
        Assert.That(Enum.GetValues<StartTlsProtocol>().Select(p => StartTlsNames.Parse(StartTlsNames.Of(p))), Is.EqualTo(Enum.GetValues<StartTlsProtocol>()));

    private static async Task<(CliRun Run, int Port)> RunAsync(StartTlsProtocol protocol, IEnumerable<ScriptStep> script, params string[] args)
    {
        var (client, server) = DuplexStream.CreatePair();
        var certificate = HandshakePki.Instance[HandshakePki.Trusted].Server;
        var port = 0;
        var playing = ScriptedConnection.PlayAsync(server, script, ServerEndings.Tls(certificate, protocol == StartTlsProtocol.PostgreSqlDirect ? [new("postgresql")] : []));
        var run = await CliRun.RunAsync(
            e => e with
            {
                TimeProvider = new FixedTimeProvider(CliRun.Now) { RunsTimers = args.Contains("--timeout", StringComparer.Ordinal) },
                ConnectAsync = (_, p, _) =>
                {
                    port = p;
                    return Task.FromResult<Stream>(client);
                },
            },
            args);
        await server.DisposeAsync();
        await playing;
        return (run, port);
    }
}
