using System.Net.Security;
using System.Security.Authentication;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>A client and a server that have shaken hands in memory.</summary>
internal sealed class InMemoryHandshake : IAsyncDisposable
{
    private InMemoryHandshake(SslStream client, SslStream server)
    {
        Client = client;
        Server = server;
    }

    internal SslStream Client { get; }

    internal SslStream Server { get; }

    internal static SslServerAuthenticationOptions CreateServerOptions(IssuedCertificate certificate, SslProtocols protocols = SslProtocols.None) => new()
    {
        ServerCertificateContext = ServerCertificates.CreateContext([.. certificate.ServerChain]),
        EnabledSslProtocols = protocols,
    };

    /// <summary>Shakes hands with a server that presents a certificate and its issuers.</summary>
    internal static Task<InMemoryHandshake> RunAsync(SslClientAuthenticationOptions client, IssuedCertificate server, CancellationToken cancellationToken) =>
        RunAsync(client, CreateServerOptions(server), cancellationToken);

    /// <summary>Shakes hands. What fails at the client's end is thrown; the server's end then only ends.</summary>
    internal static async Task<InMemoryHandshake> RunAsync(SslClientAuthenticationOptions client, SslServerAuthenticationOptions server, CancellationToken cancellationToken)
    {
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();
        var handshake = new InMemoryHandshake(new SslStream(clientEnd), new SslStream(serverEnd));
        var serving = handshake.Server.AuthenticateAsServerAsync(server, cancellationToken);
        try
        {
            await handshake.Client.AuthenticateAsClientAsync(client, cancellationToken);
            await serving;
            return handshake;
        }
        catch
        {
            await handshake.DisposeAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Shakes hands with a server that has to be rejected.</summary>
    internal static async Task<CertificateVerificationException> RunRejectedAsync(SslClientAuthenticationOptions client, IssuedCertificate server, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<CertificateVerificationException>(async () => await (await RunAsync(client, server, cancellationToken)).DisposeAsync());
        return error!;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
