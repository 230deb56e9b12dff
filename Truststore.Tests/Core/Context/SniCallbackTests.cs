using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Context;

/// <summary>The name that SniCallback is called with, whatever the client's spelling.</summary>
[SuppressMessage(
    "Reliability",
    "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed",
    Justification = "They are awaited.")]
internal sealed class SniCallbackTests
{
    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [TestCase("b.test", "b.test")]
    [TestCase("B.TEST", "b.test")]
    [TestCase("b.test.", "b.test")]
    [TestCase("B.Test.", "b.test")]
    [TestCase("localhost", "localhost")]
    [TestCase("a_b.test", "a_b.test")]
    [TestCase("xn--bcher-kva.test", "xn--bcher-kva.test")]
    [TestCase("XN--BCHER-KVA.TEST.", "xn--bcher-kva.test")]
    [TestCase("b\u00fccher.test", "xn--bcher-kva.test")]
    [TestCase("xn--abcdefgh.test", "xn--abcdefgh.test")]
    [TestCase("", null)]
    [TestCase("127.0.0.1", null)]
    [TestCase("2001:db8::1", null)]
    [TestCase("[2001:db8::1]", null)]
    public async Task SniCallback_NameAsTheClientSendsIt_GetsItInOneForm(string sent, string? expected)
    {
        var asked = new List<string?>();
        var context = TestContexts.CreateServer();
        context.SniCallback = name =>
        {
            asked.Add(name);
            return null;
        };

        await SelectAsync(context, sent);

        Assert.That(asked, Is.EqualTo(new[] { expected }));
    }

    [TestCase("b.test..")]
    [TestCase(".")]
    [TestCase("b..test")]
    [TestCase("*.test")]
    [TestCase("b.test:443")]
    [TestCase("b.test\0")]
    [TestCase("b test")]
    [TestCase("../../etc/passwd")]
    [TestCase("b.test\r\nX: y")]
    [TestCase("127.1")]
    [TestCase("1:2")]
    public async Task SniCallback_NameThatIsNoHostName_IsNotCalledAndTheHandshakeFails(string sent)
    {
        var isCalled = false;
        var context = TestContexts.CreateServer();
        context.SniCallback = _ =>
        {
            isCalled = true;
            return null;
        };

        var error = await Assert.ThrowsAsync<AuthenticationException>(() => SelectAsync(context, sent));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isCalled, Is.False);
            Assert.That(error!.Message, Does.Contain("SNI").And.Not.Match(@"\p{Cc}"));
        }
    }

    [Test]
    public async Task CreateServerOptionsSelector_NoCallback_DoesNotLookAtTheName()
    {
        var options = await SelectAsync(TestContexts.CreateServer(), "not a name");

        Assert.That(options.ServerCertificateContext, Is.Not.Null);
    }

    [TestCase("b.wrapped.example.com")]
    [TestCase("B.WRAPPED.EXAMPLE.COM")]
    [TestCase("b.wrapped.example.com.")]
    [CancelAfter(30_000)]
    public async Task WrapServerStreamAsync_SpellingsOfAName_ReachTheSameContext(string spelling, CancellationToken cancellationToken)
    {
        const string host = "b.wrapped.example.com";
        var contexts = new Dictionary<string, TlsContext>(StringComparer.Ordinal);
        contexts.Add(host, TestContexts.CreateServer(TlsVerifyMode.Required, s_pki.Issue(host)));
        var server = TestContexts.CreateServer();
        server.SniCallback = name => name is null ? null : contexts.GetValueOrDefault(name);
        var options = TestContexts.Create(s_pki.Client).CreateOptions(host);
        options.TargetHost = spelling;

        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var client = new SslStream(clientEnd);
        var serving = server.WrapServerStreamAsync(serverEnd, cancellationToken);
        await client.AuthenticateAsClientAsync(options, cancellationToken);
        await using var served = await serving;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.RemoteCertificate!.Subject, Is.EqualTo("CN=" + host));
            Assert.That(served.GetVerification()!.VerifiedPath[0].Subject.ToString(), Is.EqualTo("CN=A client"));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapServerStreamAsync_NameThatIsNoHostName_Fails(CancellationToken cancellationToken)
    {
        var server = TestContexts.CreateServer();
        server.SniCallback = _ => null;
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var client = new SslStream(clientEnd);
        var options = TestContexts.CreateForAnyone().CreateOptions();
        options.TargetHost = "b test";
        var connecting = client.AuthenticateAsClientAsync(options, cancellationToken);

        await Assert.ThrowsAsync<AuthenticationException>(() => server.WrapServerStreamAsync(serverEnd, cancellationToken));

        await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Task<SslServerAuthenticationOptions> SelectAsync(TlsContext context, string serverName)
    {
        var select = context.CreateServerOptionsSelector();
        return select(null!, new SslClientHelloInfo(serverName, SslProtocols.Tls13), state: null, CancellationToken.None).AsTask();
    }
}
