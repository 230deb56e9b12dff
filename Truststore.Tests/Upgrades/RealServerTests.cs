using System.Net.Security;
using System.Security.Authentication;
using Truststore.Cli.Probing;
using Truststore.Tests.Cli;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Servers;
using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Upgrades;

/// <summary>Upgrades with the servers that people run.</summary>
[Platform(Include = "Linux", Reason = "The servers are Debian's.")]
internal sealed class RealServerTests
{
    private const int Patience = Tests.Patience.OfATestInMilliseconds;

    private static IEnumerable<TestCaseData> Servers() => RealServer.All.Select(s => Case(s));

    private static IEnumerable<TestCaseData> Versions() => RealServer.All.SelectMany(s => new[] { TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls13 }.Select(v => Case(s, v)));

    [TestCaseSource(nameof(Versions))]
    [CancelAfter(Patience)]
    public async Task UpgradeAsync_RealServer_IsVerifiedAndTheProtocolGoesOn(object server, object version, CancellationToken cancellationToken)
    {
        var subject = (RealServer)server;
        var process = await subject.GetAsync();

        await using var tls = await UpgradeAsync(subject, process, TestContexts.Create().Only((TlsProtocolVersion)version), HandshakePki.Trusted, cancellationToken);

        Assert.That(tls.GetVerification()!.VerifiedPath, Has.Count.EqualTo(3));
        Assert.That(tls.SslProtocol, Is.EqualTo(version is TlsProtocolVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.Tls13));
        await subject.ExchangeAsync(tls).WaitAsync(cancellationToken);
    }

    [TestCaseSource(nameof(Versions))]
    [CancelAfter(Patience)]
    public async Task UpgradeAsync_WrongHost_IsRejected(object server, object version, CancellationToken cancellationToken)
    {
        var process = await ((RealServer)server).GetAsync();

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(
            () => UpgradeAsync((RealServer)server, process, TestContexts.Create().Only((TlsProtocolVersion)version), HandshakePki.WrongHost, cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
    }

    [TestCaseSource(nameof(Versions))]
    [CancelAfter(Patience)]
    public async Task UpgradeAsync_UnknownCa_IsRejected(object server, object version, CancellationToken cancellationToken)
    {
        var process = await ((RealServer)server).GetAsync();

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(
            () => UpgradeAsync((RealServer)server, process, TestContexts.CreateForSystem().Only((TlsProtocolVersion)version), HandshakePki.Trusted, cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [TestCaseSource(nameof(Servers))]
    [CancelAfter(Patience)]
    public async Task Check_RealServer_IsTrusted(object server, CancellationToken cancellationToken)
    {
        var subject = (RealServer)server;
        using var directory = new TemporaryDirectory();
        var port = (await subject.GetAsync()).Ports[subject.PortIndex];
        string[] args = ["check", "--starttls", StartTlsNames.Of(subject.Protocol), $"127.0.0.1:{port}", "--servername", HandshakePki.Trusted, "--cafile", directory.Write("root.pem", HandshakePki.Instance.Ca.RootPem)];

        var run = await CliRun.RunAsync(e => e, args, cancellationToken);

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task UpgradeAsync_Smtp_SendsAMail(CancellationToken cancellationToken)
    {
        var smtp = RealServer.All.Single(s => s.Protocol == StartTlsProtocol.Smtp);
        var server = await smtp.GetAsync();
        await using var tls = await UpgradeAsync(smtp, server, TestContexts.Create(), HandshakePki.Trusted, cancellationToken);
        var dialogue = new Dialogue(tls);

        await dialogue.AskAsync("EHLO client.example.com");
        await dialogue.AskAsync("MAIL FROM:<bob@example.com>");
        await dialogue.AskAsync("RCPT TO:<alice@example.com>");
        await dialogue.AskAsync("DATA");
        var accepted = await dialogue.AskAsync("Subject: Behind TLS\r\n\r\nHello.\r\n.");

        var mail = Path.Combine(PostfixSetup.HoldFolder(server.Folder), accepted.Split(' ')[^1].Trim());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted, Does.StartWith("250 2.0.0 Ok: queued as "));
            Assert.That(await File.ReadAllTextAsync(mail, cancellationToken), Does.Contain("Subject: Behind TLS").And.Contains("using TLSv1.3"));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task UpgradeAsync_PostgreSqlDirectToAServerOf15_FailsWithoutPlaintext(CancellationToken cancellationToken)
    {
        var postgreSql = RealServer.All.Single(s => s.Protocol == StartTlsProtocol.PostgreSql) with { Protocol = StartTlsProtocol.PostgreSqlDirect };
        var server = await postgreSql.GetAsync();

        var error = await Assert.ThrowsAsync<StartTlsException>(() => UpgradeAsync(postgreSql, server, TestContexts.Create(), HandshakePki.Trusted, cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(StartTlsFailureReason.ConnectionClosed).Or.EqualTo(StartTlsFailureReason.InjectedData).Or.EqualTo(StartTlsFailureReason.HandshakeFailed));
    }

    private static async Task<SslStream> UpgradeAsync(RealServer server, ServerProcess process, TlsContext context, string host, CancellationToken cancellationToken)
    {
        var stream = await TcpConnector.ConnectAsync("127.0.0.1", process.Ports[server.PortIndex], cancellationToken);
        return await StartTls.UpgradeAsync(stream, server.Protocol, context, host, cancellationToken: cancellationToken);
    }

    private static TestCaseData Case(RealServer server, params object[] more) => new TestCaseData([server, .. more]).SetArgDisplayNames([server.ToString(), .. more.Select(m => $"{m}")]);
}
