using System.Net.Security;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>A peer that sends more than it may before its certificates are verified.</summary>
internal sealed class HandshakeSizeTests
{
    private const int Limit = 2000;

    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapStreamAsync_ServerThatSendsMore_IsRejectedBeforeTheVerifierIsAsked(CancellationToken cancellationToken)
    {
        var context = Limited(TestContexts.Create());
        var verdicts = 0;
        context.VerificationObserver = _ => verdicts++;
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var server = new SslStream(serverEnd);
        var serving = server.AuthenticateAsServerAsync(TestContexts.CreateServer(certificate: Large()).CreateServerOptions(), cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => context.WrapStreamAsync(clientEnd, HandshakePki.Trusted, cancellationToken));

        Assert.That((error!.Reason, verdicts), Is.EqualTo((FailureReason.HandshakeTooLarge, 0)));
        Assert.That(error.Message, Does.Contain("2000").And.Contain("MaxHandshakeSize"));
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task WrapServerStreamAsync_ClientThatSendsMore_IsRejected(CancellationToken cancellationToken)
    {
        var context = Limited(TestContexts.CreateServer(TlsVerifyMode.Required));
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        await using var client = new SslStream(clientEnd);
        var connecting = client.AuthenticateAsClientAsync(TestContexts.Create(Large()).CreateOptions(HandshakePki.Trusted), cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(() => context.WrapServerStreamAsync(serverEnd, cancellationToken));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.HandshakeTooLarge));
        await connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [TestCase(1)]
    [TestCase(500)]
    [TestCase(int.MaxValue)]
    public void DoHandshake_ServerThatSendsMore_IsRejected(int chunk)
    {
        using var pair = new BioPair(Limited(TestContexts.Create()), TestContexts.CreateServer(certificate: Large()));

        var error = Assert.Throws<CertificateVerificationException>(() => pair.Handshake(() => chunk));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.HandshakeTooLarge));
    }

    /// <summary>After the handshake nothing is counted.</summary>
    [Test]
    public void Read_MoreThanTheLimitAfterTheHandshake_IsRead()
    {
        var context = TestContexts.Create();
        context.Limits = VerificationLimits.Default with { MaxHandshakeSize = 16 * 1024 };
        using var pair = new BioPair(context, TestContexts.CreateServer());
        pair.Handshake();

        var total = 0;
        var buffer = new byte[16 * 1024];
        for (var i = 0; i < 4; i++)
        {
            pair.Server.Write(buffer);
            pair.Carry();
            while (pair.Client.Read(buffer, out var count) == TlsStatus.Done)
            {
                total += count;
            }
        }

        Assert.That(total, Is.EqualTo(4 * 16 * 1024));
    }

    private static TlsContext Limited(TlsContext context)
    {
        context.Limits = VerificationLimits.Default with { MaxHandshakeSize = Limit };
        return context;
    }

    private static IssuedCertificate Large() =>
        s_pki.IssueClient(spec => spec with { ExtendedKeyUsages = null, DnsNames = [HandshakePki.Trusted, .. Enumerable.Range(0, 400).Select(i => $"name-{i}.example.com")] });
}
