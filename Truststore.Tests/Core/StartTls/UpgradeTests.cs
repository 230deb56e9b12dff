using System.Net.Security;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>Each protocol with a server that behaves.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class UpgradeTests
{
    private const byte HandshakeRecord = 22;
    private static readonly SslApplicationProtocol s_postgreSql = new("postgresql");

    private static IssuedCertificate Certificate => HandshakePki.Instance[HandshakePki.Trusted].Server;

    private static IEnumerable<TestCaseData> Protocols() => ProtocolScripts.All.Select(script => new TestCaseData(script).SetArgDisplayNames(script.ToString()));

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_GoodServer_SaysWhatTheProtocolDemandsAndThenTls(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();

        await using var tls = await connection.UpgradeAsync(script.Protocol, script.Good, ServerEndings.Tls(Certificate, ApplicationsOf(script.Protocol)));

        var words = ProtocolScript.ClientWords(script.Good);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(connection.Client.Sent[..words.Length], Is.EqualTo(words));
            Assert.That(connection.Client.Sent[words.Length], Is.EqualTo(HandshakeRecord));
            Assert.That(tls.GetVerification()!.IsTrusted, Is.True);
            Assert.That(connection.Client.IsDisposed, Is.False);
        }
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_OneByteAtATime_IsTheSame(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection(maxRead: 1);

        await using var tls = await connection.UpgradeAsync(script.Protocol, script.Good, ServerEndings.Tls(Certificate, ApplicationsOf(script.Protocol)));

        Assert.That(tls.GetVerification()!.IsTrusted, Is.True);
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_OtherHost_IsRejected(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();
        var server = HandshakePki.Instance[HandshakePki.WrongHost].Server;

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => connection.UpgradeAsync(script.Protocol, script.Good, ServerEndings.Tls(server, ApplicationsOf(script.Protocol))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
            Assert.That(connection.Client.IsDisposed, Is.True);
        }
    }

    [TestCaseSource(nameof(Protocols))]
    public async Task UpgradeAsync_UnknownCa_IsRejected(object table)
    {
        var script = (ProtocolScript)table;
        var connection = new ScriptedConnection();
        var server = HandshakePki.Instance.StrangerCa.IssueServer(ProtocolScripts.Host);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => connection.UpgradeAsync(script.Protocol, script.Good, ServerEndings.Tls(server, ApplicationsOf(script.Protocol))));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [Test]
    public async Task UpgradeAsync_AfterTheUpgrade_DataGoesBothWays()
    {
        var script = ProtocolScripts.Of(StartTlsProtocol.Smtp);
        var (client, server) = DuplexStream.CreatePair();
        var serving = Task.Run(async () =>
        {
            foreach (var step in script.Good)
            {
                await (step.IsServer ? server.WriteAsync(step.Bytes) : server.ReadExactlyAsync(new byte[step.Bytes.Length]));
            }

            await ServerEndings.Tls(Certificate)(server);
        });

        await using var tls = await StartTls.UpgradeAsync(client, script.Protocol, TestContexts.Create(), ProtocolScripts.Host);
        await tls.WriteAsync("hello"u8.ToArray());
        var answer = new byte[5];
        await tls.ReadExactlyAsync(answer);
        await serving;

        Assert.That(answer, Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public async Task UpgradeAsync_PostgreSqlDirectWithoutApplicationProtocol_Fails()
    {
        var connection = new ScriptedConnection();

        var error = await connection.FailAsync(StartTlsProtocol.PostgreSqlDirect, [], ServerEndings.Tls(Certificate));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(StartTlsFailureReason.HandshakeFailed));
            Assert.That(error.Message, Does.Contain("postgresql"));
        }
    }

    [TestCase(StartTlsProtocol.PostgreSql)]
    [TestCase(StartTlsProtocol.PostgreSqlDirect)]
    public async Task UpgradeAsync_PostgreSql_NegotiatesItsApplicationProtocol(StartTlsProtocol protocol)
    {
        await using var tls = await new ScriptedConnection().UpgradeAsync(protocol, ProtocolScripts.Of(protocol).Good, ServerEndings.Tls(Certificate, s_postgreSql));

        Assert.That(tls.NegotiatedApplicationProtocol, Is.EqualTo(s_postgreSql));
    }

    private static SslApplicationProtocol[] ApplicationsOf(StartTlsProtocol protocol) => protocol == StartTlsProtocol.PostgreSqlDirect ? [s_postgreSql] : [];
}
