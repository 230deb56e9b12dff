using System.Text;
using NSubstitute;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>Arguments, options and messages.</summary>
[Platform(Include = "Linux", Reason = "The contexts start from CreateDefault(), which has a verifier on Linux only.")]
internal sealed class StartTlsTests
{
    private static readonly ProtocolScript s_smtp = ProtocolScripts.Of(StartTlsProtocol.Smtp);

    private static IssuedCertificate Certificate => HandshakePki.Instance[HandshakePki.Trusted].Server;

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("https://example.com")]
    public async Task UpgradeAsync_NoHostName_LeavesTheStreamAlone(string host)
    {
        await using var client = new ObservedStream(Stream.Null);

        await Assert.ThrowsAsync<ArgumentException>(() => StartTls.UpgradeAsync(client, StartTlsProtocol.Smtp, TestContexts.Create(), host));
        Assert.That(client.IsDisposed, Is.False);
    }

    [Test]
    public void UpgradeAsync_WrongArguments_Throw()
    {
        var context = TestContexts.Create();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => StartTls.UpgradeAsync(null!, StartTlsProtocol.Smtp, context, "a.example"), Throws.ArgumentNullException);
            Assert.That(() => StartTls.UpgradeAsync(Stream.Null, StartTlsProtocol.Smtp, null!, "a.example"), Throws.ArgumentNullException);
            Assert.That(() => StartTls.UpgradeAsync(Stream.Null, StartTlsProtocol.Smtp, context, null!), Throws.ArgumentNullException);
            Assert.That(() => StartTls.UpgradeAsync(Stream.Null, (StartTlsProtocol)99, context, "a.example"), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => StartTls.UpgradeAsync(Substitute.For<Stream>(), StartTlsProtocol.Smtp, context, "a.example"), Throws.ArgumentException.With.Message.Contains("readable and writable"));
        }
    }

    [Test]
    public async Task UpgradeAsync_VersionsThatExcludeEachOther_LeaveTheStreamAlone()
    {
        await using var client = new ObservedStream(Stream.Null);
        var context = TestContexts.Create();
        context.MinimumVersion = TlsProtocolVersion.Tls13;
        context.MaximumVersion = TlsProtocolVersion.Tls12;

        await Assert.ThrowsAsync<InvalidOperationException>(() => StartTls.UpgradeAsync(client, StartTlsProtocol.Smtp, context, "a.example"));
        Assert.That(client.IsDisposed, Is.False);
    }

    [TestCase(0, StartTlsStep.Greeting)]
    [TestCase(2, StartTlsStep.Capabilities)]
    [TestCase(4, StartTlsStep.Request)]
    public async Task UpgradeAsync_Refusal_TellsTheStep(int from, StartTlsStep expected)
    {
        var error = await new ScriptedConnection().FailAsync(StartTlsProtocol.Smtp, s_smtp.With(from, "421 \u001B[31mno\u0007 \u00E2\u0080\u00AE \u00FF\t\\\r\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Step, Is.EqualTo(expected));
            Assert.That(error.ServerSaid, Is.EqualTo("421 \\u001B[31mno\\u0007 \\u202E \\xFF\\t\\\\\\r\\n"));
            Assert.That(error.Message, Does.Contain(error.ServerSaid));
        }
    }

    [Test]
    public async Task UpgradeAsync_LongRefusal_IsCut()
    {
        var error = await new ScriptedConnection().FailAsync(StartTlsProtocol.Smtp, s_smtp.With(0, "421 " + new string('x', 5000) + "\r\n"));

        Assert.That(error.ServerSaid, Does.StartWith("421 xxx").And.EndsWith("x…").And.Length.EqualTo(513));
    }

    [Test]
    public async Task UpgradeAsync_BrokenConnection_IsAClosedConnectionWithTheCause()
    {
        await using var client = new BrokenStream();

        var error = await Assert.ThrowsAsync<StartTlsException>(() => StartTls.UpgradeAsync(client, StartTlsProtocol.Imap, TestContexts.Create(), ProtocolScripts.Host));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Reason, Is.EqualTo(StartTlsFailureReason.ConnectionClosed));
            Assert.That(error.InnerException, Is.InstanceOf<IOException>());
            Assert.That(error.ServerSaid, Is.Null);
        }
    }

    [Test]
    public async Task UpgradeAsync_ClientName_IsSaidInEhlo()
    {
        var script = s_smtp.Good.Select((step, i) => i == 1 ? ScriptStep.C("EHLO client.example.com\r\n") : step).ToList();
        var connection = new ScriptedConnection();

        await using var tls = await connection.UpgradeAsync(StartTlsProtocol.Smtp, script, ServerEndings.Tls(Certificate), new StartTlsOptions { ClientName = "client.example.com" });

        Assert.That(connection.Plaintext, Is.EqualTo(ProtocolScript.ClientWords(script)));
    }

    [Test]
    public async Task UpgradeAsync_MySqlCapabilities_AreSent()
    {
        var script = ProtocolScripts.Of(StartTlsProtocol.MySql).Good;
        var connection = new ScriptedConnection();

        await using var tls = await connection.UpgradeAsync(StartTlsProtocol.MySql, script, ServerEndings.Tls(Certificate), new StartTlsOptions { MySqlCapabilities = 0x0100_0001 });

        Assert.That(connection.Plaintext[4..8], Is.EqualTo(new byte[] { 0x01, 0x0A, 0x00, 0x01 }));
    }

    [TestCase("bücher.example.com", "bücher.example.com")]
    [TestCase("xn--bcher-kva.example.com", "bücher.example.com")]
    [TestCase("2001:db8::1", "[2001:db8::1]")]
    public async Task UpgradeAsync_XmppDomain_IsTheStreamsAndTheCertificates(string domain, string to)
    {
        var header = $"<?xml version='1.0'?><stream:stream to='{to}' from='me.example' version='1.0'";
        var script = ProtocolScripts.Of(StartTlsProtocol.XmppServer).Good.ToArray();
        script[0] = new ScriptStep(false, Encoding.UTF8.GetBytes(header + " xml:lang='en' xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'>"));
        var connection = new ScriptedConnection();

        await using var tls = await connection.UpgradeAsync(
            StartTlsProtocol.XmppServer, script, ServerEndings.Tls(HandshakePki.Instance[HandshakePki.ManyNames].Server), new StartTlsOptions { XmppDomain = domain, ClientName = "me.example" }, host: "server1.hosting.example");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(connection.Plaintext), Does.StartWith(header));
            Assert.That(tls.GetVerification()!.IsTrusted, Is.True);
        }
    }

    [Test]
    public async Task UpgradeAsync_XmppDomainThatIsNoALabel_IsSentAsItIs()
    {
        await using var client = new BrokenStream();

        await Assert.ThrowsAsync<StartTlsException>(() => StartTls.UpgradeAsync(client, StartTlsProtocol.Xmpp, TestContexts.Create(), "xn--99999999999.example"));

        Assert.That(Encoding.UTF8.GetString(client.Written), Does.Contain(" to='xn--99999999999.example'"));
    }

    [Test]
    public async Task UpgradeAsync_XmppDomain_IsOfNoConcernToOthers()
    {
        var connection = new ScriptedConnection();

        await using var tls = await connection.UpgradeAsync(StartTlsProtocol.Smtp, s_smtp.Good, ServerEndings.Tls(Certificate), new StartTlsOptions { XmppDomain = "other.example" });

        Assert.That(tls.TargetHostName, Is.EqualTo(ProtocolScripts.Host));
    }

    [Test]
    public async Task UpgradeAsync_LowerLimits_Hold()
    {
        var options = new StartTlsOptions { MaxLineLength = 64, MaxReplyLines = 2 };

        var lines = await new ScriptedConnection().FailAsync(StartTlsProtocol.Smtp, s_smtp.With(0, "220-a\r\n220-b\r\n220 c\r\n"), options: options);
        var length = await new ScriptedConnection().FailAsync(StartTlsProtocol.Smtp, s_smtp.With(0, "220 " + new string('a', 61) + "\r\n"), options: options);
        var most = await new ScriptedConnection().FailAsync(StartTlsProtocol.Smtp, s_smtp.With(0, "220-a\r\n220 " + new string('a', 60) + "\r\n"), options: options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Message, Does.Contain("MaxReplyLines"));
            Assert.That(length.Message, Does.Contain("MaxLineLength"));
            Assert.That(most.Reason, Is.EqualTo(StartTlsFailureReason.ConnectionClosed), most.Message);
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        internal byte[] Written { get; private set; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written = buffer.ToArray();
            return ValueTask.CompletedTask;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Connection reset by peer.");
    }
}
