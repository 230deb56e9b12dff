using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Truststore.Tests.Handshakes;

/// <summary>Connects to loopback and shakes hands, as a program that has an SslStream does.</summary>
internal static class TlsClient
{
    internal static Task<SslStream> ConnectAsync(TlsContext context, int port, string? host, CancellationToken cancellationToken) =>
        ConnectAsync(context.CreateOptions(host), port, cancellationToken);

    internal static async Task<SslStream> ConnectAsync(SslClientAuthenticationOptions options, int port, CancellationToken cancellationToken)
    {
        var tls = new SslStream(await OpenAsync(port, cancellationToken));
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects to a server that has to be rejected.</summary>
    /// <returns>The reason.</returns>
    internal static async Task<CertificateVerificationException> ConnectRejectedAsync(TlsContext context, int port, string? host, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<CertificateVerificationException>(async () => await (await ConnectAsync(context, port, host, cancellationToken)).DisposeAsync());
        return error!;
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns the socket.")]
    internal static async Task<NetworkStream> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
