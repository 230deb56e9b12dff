using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Core.Streams;

/// <summary>TLS over streams that somebody else has opened.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The wrapping stream owns the stream.")]
[SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "Closing one end is what ends the task at the other.")]
internal sealed class WrapStreamTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;

    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_TrustedServer_IsVerifiedBeforeTheStreamIsThere([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.CreatePair();
        var serving = TestContexts.CreateServer().Only(version).WrapServerStreamAsync(far, cancellationToken);
        await using var client = await TestContexts.Create().WrapStreamAsync(near, HandshakePki.Trusted, cancellationToken);
        await using var server = await serving;
        await server.WriteAsync("hello"u8.ToArray(), cancellationToken);
        var buffer = new byte[5];
        await client.ReadExactlyAsync(buffer, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.GetVerification()!.VerifiedPath, Is.EqualTo(s_pki[HandshakePki.Trusted].Server.Path.Select(c => c.Info)));
            Assert.That(client.TargetHostName, Is.EqualTo(HandshakePki.Trusted));
            Assert.That(buffer, Is.EqualTo("hello"u8.ToArray()));
        }
    }

    [TestCase(HandshakePki.Expired, FailureReason.Expired)]
    [TestCase(HandshakePki.UnknownCa, FailureReason.IssuerNotFound)]
    [TestCase(HandshakePki.WrongHost, FailureReason.HostnameMismatch)]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_ServerThatIsNotTrusted_ThrowsTheReasonAndClosesTheStream(string host, FailureReason expected, CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.CreatePair();
        await using var watched = new WatchedStream(near);
        var serving = TestContexts.CreateServer(certificate: s_pki[host].Server).WrapServerStreamAsync(far, cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => TestContexts.Create().WrapStreamAsync(watched, host, cancellationToken));
        await ((Task)serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That((error!.Reason, watched.IsClosed), Is.EqualTo((expected, true)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapServerStreamAsync_ClientThatIsNotTrusted_ThrowsTheReasonAndClosesTheStream([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var stranger = s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa));
        var context = TestContexts.Create().Only(version);
        context.LoadCertificateChain(stranger.Certificate, stranger.ServerChain.Skip(1).Select(c => c.Certificate));
        var server = TestContexts.CreateServer();
        server.VerifyMode = TlsVerifyMode.Required;
        var (near, far) = DuplexStream.CreatePair();
        await using var watched = new WatchedStream(far);
        var connecting = context.WrapStreamAsync(near, HandshakePki.Trusted, cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => server.WrapServerStreamAsync(watched, cancellationToken));
        await near.DisposeAsync();
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.That((error!.Reason, watched.IsClosed), Is.EqualTo((FailureReason.IssuerNotFound, true)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_CancelledWhileThePeerIsSilent_ClosesTheStream(CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (near, far) = DuplexStream.CreatePair();
        await using var peer = far;
        await using var watched = new WatchedStream(near);
        var connecting = TestContexts.Create().WrapStreamAsync(watched, HandshakePki.Trusted, cancellation.Token);
        var before = (connecting.IsCompleted, watched.IsClosed);
        await cancellation.CancelAsync();

        await Assert.ThatAsync(() => connecting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((before, watched.IsClosed), Is.EqualTo(((false, false), true)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_PeerThatEnds_ThrowsAndClosesTheStream(CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.CreatePair();
        await using var watched = new WatchedStream(near);
        var connecting = TestContexts.Create().WrapStreamAsync(watched, HandshakePki.Trusted, cancellationToken);
        await far.DisposeAsync();

        await Assert.ThatAsync(() => connecting, Throws.InstanceOf<IOException>());
        Assert.That(watched.IsClosed);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_PeerThatSpeaksNoTls_ThrowsAndClosesTheStream(CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.CreatePair();
        await using var peer = far;
        await using var watched = new WatchedStream(near);
        var connecting = TestContexts.Create().WrapStreamAsync(watched, HandshakePki.Trusted, cancellationToken);
        await peer.WriteAsync("220 mail.example.com ESMTP\r\n"u8.ToArray(), cancellationToken);

        await Assert.ThatAsync(() => connecting, Throws.InstanceOf<AuthenticationException>());
        Assert.That(watched.IsClosed);
    }

    [TestCaseSource(typeof(HostilePeers), nameof(HostilePeers.CasesBeyondDotNet))]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_ChainAtWhichDotNetThrows_FailsWithAReason(object create, FailureReason reasonWithoutHandshake, CancellationToken cancellationToken)
    {
        var peer = ((Func<HostilePeer>)create)();
        var context = TestContexts.Create();
        using var server = await StartAsync(peer);
        await using var watched = new WatchedStream(await TlsClient.OpenAsync(server.Port, cancellationToken));

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => context.WrapStreamAsync(watched, HostilePeers.Host, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Reason, Is.EqualTo(FailureReason.MalformedCertificate));
            Assert.That(context.VerifyChain(peer.Certificates, HostilePeers.Host).Failures[0].Reason, Is.EqualTo(reasonWithoutHandshake));
            Assert.That(error.InnerException, Is.InstanceOf<CryptographicException>());
            Assert.That(error.Message.Any(char.IsControl), Is.False);
            Assert.That(watched.IsClosed);
        }
    }

    [TestCaseSource(typeof(HostilePeers), nameof(HostilePeers.CasesBeyondDotNet))]
    [CancelAfter(30_000)]
    public async Task DoHandshake_ChainAtWhichDotNetThrows_FailsWithAReason(object create, FailureReason reasonWithoutHandshake, CancellationToken cancellationToken)
    {
        using var server = await StartAsync(((Func<HostilePeer>)create)());
        await using var stream = await TlsClient.OpenAsync(server.Port, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HostilePeers.Host, stream, stream);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => pump.HandshakeAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Reason, Is.EqualTo(FailureReason.MalformedCertificate));
            Assert.That(() => pump.Tls.Read(new byte[1], out _), Throws.TypeOf<CertificateVerificationException>());
            Assert.That(() => pump.Tls.Write(new byte[1]), Throws.TypeOf<CertificateVerificationException>());
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapServerStreamAsync_OwnCallbackThatFails_IsNoFaultOfThePeer(CancellationToken cancellationToken)
    {
        var server = TestContexts.CreateServer();
        server.SniCallback = _ => throw new CryptographicException("The key is locked.");
        var (near, far) = DuplexStream.CreatePair();
        var connecting = TestContexts.Create().WrapStreamAsync(near, HandshakePki.Trusted, cancellationToken);

        await Assert.ThatAsync(() => server.WrapServerStreamAsync(far, cancellationToken), Throws.TypeOf<CryptographicException>().With.Message.EqualTo("The key is locked."));
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Test]
    public void WrapStreamAsync_WrongArguments_FailAtOnce()
    {
        var (near, _) = DuplexStream.CreatePair();
        using var watched = new WatchedStream(near);
        var client = TestContexts.Create();
        var server = TestContexts.CreateServer();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.WrapStreamAsync(null!, HandshakePki.Trusted), Throws.ArgumentNullException);
            Assert.That(() => client.WrapStreamAsync(watched, host: null), Throws.ArgumentException.With.Message.Contains("host is missing"));
            Assert.That(() => client.WrapStreamAsync(watched, "no host!"), Throws.ArgumentException);
            Assert.That(() => client.WrapServerStreamAsync(watched), Throws.InvalidOperationException);
            Assert.That(() => server.WrapStreamAsync(watched, HandshakePki.Trusted), Throws.InvalidOperationException);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_TlsInTls_Works(CancellationToken cancellationToken)
    {
        var (near, far) = DuplexStream.CreatePair();
        var context = TestContexts.Create();
        var server = TestContexts.CreateServer();
        var serving = ServeTwiceAsync(server, far, cancellationToken);
        await using var outer = await context.WrapStreamAsync(near, HandshakePki.Trusted, cancellationToken);
        await using var inner = await context.WrapStreamAsync(outer, HandshakePki.Trusted, cancellationToken);
        await using var served = await serving;
        await inner.WriteAsync("x"u8.ToArray(), cancellationToken);

        Assert.That(await served.ReadAsync(new byte[2], cancellationToken), Is.EqualTo(1));
    }

    private static Task<OpenSslServer> StartAsync(HostilePeer peer)
    {
        ChildProcess.Require("openssl");
        return OpenSslServer.StartAsync(peer.CertificatePem, peer.Key, peer.ChainPem);
    }

    private static async Task<SslStream> ServeTwiceAsync(TlsContext server, Stream stream, CancellationToken cancellationToken) =>
        await server.WrapServerStreamAsync(await server.WrapServerStreamAsync(stream, cancellationToken), cancellationToken);
}
