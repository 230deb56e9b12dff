using System.Security.Cryptography;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>Whatever a server presents, nothing but a reason comes of it.</summary>
internal sealed class HostileCertificateTests
{
    [TestCaseSource(typeof(HostilePeers), nameof(HostilePeers.Cases))]
    [CancelAfter(30_000)]
    public async Task Handshake_HostileChain_EndsWithAReason(object create, FailureReason expected, CancellationToken cancellationToken)
    {
        using var server = await StartAsync(((Func<HostilePeer>)create)());

        var error = await TlsClient.ConnectRejectedAsync(CreateContext(), server.Port, HostilePeers.Host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(expected), error.Message);
            Assert.That(error.Message.Any(char.IsControl), Is.False, "the message is one line, whatever the names");
            Assert.That(error.Message, Has.Length.LessThan(2000));
        }
    }

    [TestCaseSource(typeof(HostilePeers), nameof(HostilePeers.CasesBeyondDotNet))]
    [CancelAfter(30_000)]
    public async Task Handshake_ChainAtWhichDotNetThrows_FailsAllTheSame(object create, FailureReason expected, CancellationToken cancellationToken)
    {
        var peer = ((Func<HostilePeer>)create)();
        using var server = await StartAsync(peer);
        var context = CreateContext();
        using var http = new LoopbackHttpClient(context, server.Port);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.VerifyChain(peer.Certificates, HostilePeers.Host).Failures[0].Reason, Is.EqualTo(expected));
            await Assert.ThrowsAsync<CryptographicException>(async () => await (await TlsClient.ConnectAsync(context, server.Port, HostilePeers.Host, cancellationToken)).DisposeAsync());
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(HostilePeers.Host, cancellationToken));
        }
    }

    private static Task<OpenSslServer> StartAsync(HostilePeer peer)
    {
        ChildProcess.Require("openssl");
        return OpenSslServer.StartAsync(peer.CertificatePem, peer.Key, peer.ChainPem);
    }

    private static TlsContext CreateContext()
    {
        var context = TestContexts.Create();
        context.Limits = VerificationLimits.Default with { MaxPeerCertificates = HostilePeers.MaxPeerCertificates };
        return context;
    }
}
