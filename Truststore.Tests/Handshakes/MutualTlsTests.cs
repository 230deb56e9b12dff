using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>Servers' contexts, and the certificates of clients.</summary>
internal sealed class MutualTlsTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;

    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    private static IEnumerable<TestCaseData> BadClients()
    {
        yield return Bad("expired", s_pki.IssueClient(s => s with { NotAfter = HandshakePki.Now.AddDays(-1) }), FailureReason.Expired);
        yield return Bad("for servers only", s_pki.IssueClient(s => s with { ExtendedKeyUsages = null }), FailureReason.InvalidExtendedKeyUsage);
        yield return Bad("of a stranger", s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa)), FailureReason.IssuerNotFound);
        yield return Bad("revoked", s_pki.Client, FailureReason.Revoked, s_pki.Ca.Intermediate.CreateRevocationList(HandshakePki.Now.AddDays(-1), HandshakePki.Now.AddDays(1), s_pki.Client));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateServerOptions_ClientWithCertificate_IsVerified([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(TlsVerifyMode.Optional, TlsVerifyMode.Required)] TlsVerifyMode mode, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(TestContexts.Create(s_pki.Client).Only(version), TestContexts.CreateServer(mode).Only(version), cancellationToken);

        var verdict = connection.Server.GetVerification()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.IsVerified);
            Assert.That(verdict.VerifiedPath, Is.EqualTo(s_pki.Client.Path.Select(c => c.Info)));
            Assert.That(connection.Client.GetVerification()!.IsVerified);
        }
    }

    [TestCaseSource(nameof(BadClients))]
    [CancelAfter(30_000)]
    public async Task CreateServerOptions_ClientThatIsNotTrusted_IsRejectedWithTheReason(IssuedCertificate client, FailureReason expected, byte[]? revocationList, CancellationToken cancellationToken)
    {
        foreach (var mode in new[] { TlsVerifyMode.Optional, TlsVerifyMode.Required })
        {
            var server = TestContexts.CreateServer(mode);
            if (revocationList is not null)
            {
                server.LoadVerifyLocations(revocationList);
            }

            var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => ServeAsync(TestContexts.Create(client), server, cancellationToken));

            Assert.That(error!.Reason, Is.EqualTo(expected));
        }
    }

    [TestCase(TlsVerifyMode.None)]
    [TestCase(TlsVerifyMode.Optional)]
    [CancelAfter(30_000)]
    public async Task CreateServerOptions_ClientWithoutCertificateThatNeedsNone_IsAcceptedUnverified(TlsVerifyMode mode, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(TestContexts.Create(), TestContexts.CreateServer(mode), cancellationToken);

        Assert.That(connection.Server.GetVerification(), Is.Null.Or.Property(nameof(ChainVerificationResult.IsVerified)).False);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateServerOptions_ClientWithoutCertificateThatIsRequired_IsRejected([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => ServeAsync(TestContexts.Create().Only(version), TestContexts.CreateServer(TlsVerifyMode.Required).Only(version), cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.EmptyChain));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateOptions_ServerThatAsksForNoCertificate_GetsNone(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(TestContexts.Create(s_pki.Client), TestContexts.CreateServer(TlsVerifyMode.None), cancellationToken);

        Assert.That(connection.Server.RemoteCertificate, Is.Null);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateOptions_ContextWithoutCertificateAfterOneWith_IsAnonymous([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var server = TestContexts.CreateServer(TlsVerifyMode.Optional).Only(version);
        for (var i = 0; i < 2; i++)
        {
            await using var known = await ConnectAsync(TestContexts.Create(s_pki.Client).Only(version), server, cancellationToken);
            await using var anonymous = await ConnectAsync(TestContexts.Create().Only(version), server, cancellationToken);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(known.Server.RemoteCertificate, Is.Not.Null);
                Assert.That(anonymous.Server.RemoteCertificate, Is.Null);
            }
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyClientPostHandshakeAsync_ClientWithCertificate_IsAskedOnlyThen(CancellationToken cancellationToken)
    {
        var server = TestContexts.CreateServer(TlsVerifyMode.Required).Only(Tls13);
        server.PostHandshakeAuth = true;
        await using var connection = await ConnectAsync(TestContexts.Create(s_pki.Client), server, cancellationToken);
        var before = connection.Server.RemoteCertificate;

        // The client answers while it reads.
        var reading = connection.Client.ReadAsync(new byte[1], cancellationToken).AsTask();
        var verdict = await connection.Server.VerifyClientPostHandshakeAsync(cancellationToken);
        await connection.Server.WriteAsync(new byte[1], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(verdict.VerifiedPath, Is.EqualTo(s_pki.Client.Path.Select(c => c.Info)));
            Assert.That(await reading, Is.EqualTo(1));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyClientPostHandshakeAsync_ClientThatDoesNotOfferIt_IsAClearError(CancellationToken cancellationToken)
    {
        var server = TestContexts.CreateServer(TlsVerifyMode.Required).Only(Tls13);
        server.PostHandshakeAuth = true;
        await using var connection = await ConnectAsync(TestContexts.Create(), server, cancellationToken);

        var error = await Assert.ThrowsAsync<AuthenticationException>(() => connection.Server.VerifyClientPostHandshakeAsync(cancellationToken));

        Assert.That(error!.Message, Does.Contain("RFC 8446"));
    }

    [TestCase(TlsVerifyMode.Required)]
    [TestCase(TlsVerifyMode.Optional)]
    [CancelAfter(30_000)]
    public async Task VerifyClientPostHandshakeAsync_ClientThatOffersItAndHasNoCertificate_CountsAsTheModeSays(TlsVerifyMode mode, CancellationToken cancellationToken)
    {
        var program = ChildProcess.Require("openssl");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = ChildProcess.Start(program, "s_client", "-enable_pha", "-connect", listener.LocalEndpoint.ToString()!);
        using var accepted = await listener.AcceptTcpClientAsync(cancellationToken);
        await using var stream = new SslStream(accepted.GetStream());
        var server = TestContexts.CreateServer(mode).Only(Tls13);
        server.PostHandshakeAuth = true;
        await stream.AuthenticateAsServerAsync(server.CreateServerOptions(), cancellationToken);

        if (mode == TlsVerifyMode.Required)
        {
            var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => stream.VerifyClientPostHandshakeAsync(cancellationToken));
            Assert.That(error!.Reason, Is.EqualTo(FailureReason.EmptyChain));
        }
        else
        {
            Assert.That((await stream.VerifyClientPostHandshakeAsync(cancellationToken)).IsVerified, Is.False);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateServerOptionsSelector_NameThatTheCallbackKnows_GetsItsContext(CancellationToken cancellationToken)
    {
        const string otherHost = "other.sni.example.com";
        var asked = new List<string?>();
        var other = TestContexts.CreateServer(TlsVerifyMode.None, s_pki.Issue(otherHost));
        var server = TestContexts.CreateServer(TlsVerifyMode.None);
        server.SniCallback = name =>
        {
            asked.Add(name);
            return string.Equals(name, otherHost, StringComparison.Ordinal) ? other : null;
        };
        var selector = server.CreateServerOptionsSelector();

        var subjects = new List<string>();
        foreach (var host in new[] { otherHost, HandshakePki.Trusted })
        {
            var (clientEnd, serverEnd) = DuplexStream.CreatePair();
            await using var serverStream = new SslStream(serverEnd);
            await using var clientStream = new SslStream(clientEnd);
            var serving = serverStream.AuthenticateAsServerAsync(selector, state: null, cancellationToken);
            await clientStream.AuthenticateAsClientAsync(TestContexts.Create().CreateOptions(host), cancellationToken);
            await serving;
            subjects.Add(clientStream.RemoteCertificate!.Subject);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.EqualTo(new[] { otherHost, HandshakePki.Trusted }));
            Assert.That(subjects, Is.EqualTo(new[] { "CN=" + otherHost, "CN=" + HandshakePki.Trusted }));
            Assert.That(server.CreateServerOptions, Throws.InvalidOperationException.With.Message.Contains("CreateServerOptionsSelector"));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateServerOptions_ChainWithCertificatesThatDotNetWouldDrop_IsSentAsItIs(CancellationToken cancellationToken)
    {
        // A cross-signed root, which a chain that is built to the self-signed one has no place for.
        var otherRoot = s_pki.StrangerCa.Root;
        using var crossSigned = otherRoot.CrossSign(s_pki.Ca.Root);
        var own = s_pki.Issue(HandshakePki.Trusted);
        var server = new TlsContext(SystemTrust.Verifier, TlsRole.Server) { TimeProvider = TestContexts.Clock };
        X509Certificate2[] sent = [s_pki.Ca.Intermediate.Certificate, crossSigned.Certificate, otherRoot.Certificate];
        server.LoadCertificateChain(own.Certificate, sent);

        await using var connection = await ConnectAsync(TestContexts.Create(), server, cancellationToken);

        Assert.That(
            connection.Client.GetVerification()!.PeerChain.Select(c => Convert.ToHexString(c.Span)),
            Is.EqualTo(new[] { own.Certificate }.Concat(sent).Select(c => Convert.ToHexString(c.RawData))));
    }

    [Test]
    public void CreateOptions_ContextOfTheOtherRole_IsRefused()
    {
        var server = TestContexts.CreateServer(TlsVerifyMode.None);
        var client = TestContexts.Create();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => server.CreateOptions(), Throws.InvalidOperationException.With.Message.Contains("TlsRole.Client"));
            Assert.That(client.CreateServerOptions, Throws.InvalidOperationException.With.Message.Contains("TlsRole.Server"));
            Assert.That(() => new TlsContext(SystemTrust.Verifier, TlsRole.Server).CheckHostname = true, Throws.InvalidOperationException);
            Assert.That(() => new TlsContext(SystemTrust.Verifier).PostHandshakeAuth = true, Throws.InvalidOperationException);
            Assert.That(() => new TlsContext(SystemTrust.Verifier, TlsRole.Server).CreateServerOptions(), Throws.InvalidOperationException.With.Message.Contains("LoadCertificateChain"));
        }
    }

    [Test]
    public void CreateDefaultServer_Context_AsksNobodyAndTrustsNobody()
    {
        var context = TlsContext.CreateDefaultServer();

        Assert.That((context.Role, context.VerifyMode, context.CheckHostname, context.UseSystemAnchors), Is.EqualTo((TlsRole.Server, TlsVerifyMode.None, false, false)));
    }

    private static TestCaseData Bad(string name, IssuedCertificate client, FailureReason expected, byte[]? revocationList = null) =>
        new TestCaseData(client, expected, revocationList).SetArgDisplayNames(name);

    private static Task<InMemoryHandshake> ConnectAsync(TlsContext client, TlsContext server, CancellationToken cancellationToken) =>
        InMemoryHandshake.RunAsync(client.CreateOptions(HandshakePki.Trusted), server.CreateServerOptions(), cancellationToken);

    /// <summary>Shakes hands and gives what the server throws.</summary>
    private static async Task ServeAsync(TlsContext client, TlsContext server, CancellationToken cancellationToken)
    {
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var clientStream = new SslStream(clientEnd);
        await using var serverStream = new SslStream(serverEnd);
        var connecting = clientStream.AuthenticateAsClientAsync(client.CreateOptions(HandshakePki.Trusted), cancellationToken);
        try
        {
            await serverStream.AuthenticateAsServerAsync(server.CreateServerOptions(), cancellationToken);
        }
        finally
        {
            await serverStream.DisposeAsync();
            await connecting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
