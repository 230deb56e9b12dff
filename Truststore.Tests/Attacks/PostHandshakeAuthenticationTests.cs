using System.Net.Security;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Attacks;

/// <summary>
/// A client that a server let in without a certificate presents a forged one when it is asked later. Nothing of the connection may work afterwards, and nothing may present the forged certificate as the client's.
/// </summary>
internal sealed class PostHandshakeAuthenticationTests
{
    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    private static IssuedCertificate Forged => s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa));

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyClientPostHandshakeAsync_ForgedCertificate_EndsTheConnection(
        [Values(TlsVerifyMode.Optional, TlsVerifyMode.Required)] TlsVerifyMode mode, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(CreateServer(mode), cancellationToken);
        var answering = AnswerAsync(connection.Client, cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => connection.Server.VerifyClientPostHandshakeAsync(cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
        await AssertUselessAsync(connection.Server, FailureReason.IssuerNotFound, cancellationToken);
        await answering;
    }

    /// <summary>As Kestrel does it: the server calls .NET's own method, and goes on after the exception.</summary>
    [Test]
    [CancelAfter(30_000)]
    public async Task NegotiateClientCertificateAsync_ForgedCertificate_EndsTheConnection(
        [Values(TlsVerifyMode.Optional, TlsVerifyMode.Required)] TlsVerifyMode mode, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(CreateServer(mode), cancellationToken);
        var answering = AnswerAsync(connection.Client, cancellationToken);

        await Assert.CatchAsync(() => NegotiateAsync(connection.Server, cancellationToken));

        await AssertUselessAsync(connection.Server, FailureReason.IssuerNotFound, cancellationToken);
        await connection.Server.DisposeAsync();
        await answering;
    }

    /// <summary>A program's own code that runs in the verification fails, when the client presents a certificate.</summary>
    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyClientPostHandshakeAsync_ObserverThatThrows_EndsTheConnection(CancellationToken cancellationToken)
    {
        var server = CreateServer(TlsVerifyMode.Optional);
        server.VerificationObserver = _ => throw new TimeoutException("the log is full");
        await using var connection = await ConnectAsync(server, cancellationToken);
        var answering = AnswerAsync(connection.Client, cancellationToken);

        await Assert.ThrowsAsync<TimeoutException>(() => connection.Server.VerifyClientPostHandshakeAsync(cancellationToken));

        await AssertUselessAsync(connection.Server, FailureReason.Other, cancellationToken);
        await answering;
    }

    private static TlsContext CreateServer(TlsVerifyMode mode)
    {
        var server = TestContexts.CreateServer(mode).Only(TlsProtocolVersion.Tls13);
        server.PostHandshakeAuth = true;
        return server;
    }

    private static Task<InMemoryHandshake> ConnectAsync(TlsContext server, CancellationToken cancellationToken) =>
        InMemoryHandshake.RunAsync(TestContexts.Create(Forged).CreateOptions(HandshakePki.Trusted), server.CreateServerOptions(), cancellationToken);

    /// <summary>The client answers while it reads; how that ends is not looked at.</summary>
    private static async Task AnswerAsync(SslStream client, CancellationToken cancellationToken) =>
        await client.ReadAsync(new byte[1], cancellationToken).AsTask().ContinueWith(static _ => { }, cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);

    private static async Task NegotiateAsync(SslStream server, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD() || OperatingSystem.IsWindows())
        {
            await server.NegotiateClientCertificateAsync(cancellationToken);
        }
    }

    private static async Task AssertUselessAsync(SslStream server, FailureReason expected, CancellationToken cancellationToken)
    {
        var verification = server.GetVerification()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.IsTrusted, Is.False);
            Assert.That(verification.Failures[0].Reason, Is.EqualTo(expected));
            Assert.That(server.IsAuthenticated, Is.False);
            Assert.That(server.IsMutuallyAuthenticated, Is.False);
            Assert.That(() => server.RemoteCertificate, Throws.Exception);
        }

        await Assert.CatchAsync(() => server.WriteAsync(new byte[1], cancellationToken).AsTask());
        await Assert.CatchAsync(() => server.ReadAsync(new byte[1], cancellationToken).AsTask());
    }
}
