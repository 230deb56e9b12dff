using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Http;

/// <summary>A network in an attacker's hand: a proxy (RFC 9110 §9.3.6) that gives the test each connection in turn.</summary>
internal sealed class HostileNetwork : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<NetworkStream> _connections = [];

    internal HostileNetwork() => _listener.Start();

    internal WebProxy Proxy => new(new Uri($"http://{_listener.LocalEndpoint}/"));

    /// <summary>Accepts the next connection.</summary>
    /// <returns>The host that the client wants to reach, and the connection on which it now begins a handshake.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "This disposes the connections.")]
    internal async Task<(string Host, Stream Connection)> AcceptAsync(CancellationToken cancellationToken)
    {
        var connection = new NetworkStream(await _listener.AcceptSocketAsync(cancellationToken), ownsSocket: true);
        _connections.Add(connection);
        var request = await ReadHeadAsync(connection, cancellationToken);
        await connection.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
        return (request.Split(' ', ':')[1], connection);
    }

    /// <summary>Performs the handshake of a server that has a good certificate for a host.</summary>
    internal static async Task<SslStream> ServeAsync(Stream connection, string host, CancellationToken cancellationToken)
    {
        var server = new SslStream(connection);
        await server.AuthenticateAsServerAsync(InMemoryHandshake.CreateServerOptions(HandshakePki.Instance.Issue(host)), cancellationToken);
        return server;
    }

    /// <summary>Performs a server's handshake, and reads what the client then sends.</summary>
    /// <returns>The request, or <see langword="null"/> where the client sends none.</returns>
    /// <remarks>In TLS 1.3 the client may finish the handshake before it verifies, so that only what it sends tells.</remarks>
    internal static async Task<string?> StealAsync(Stream connection, IssuedCertificate certificate, CancellationToken cancellationToken)
    {
        await using var server = new SslStream(connection);
        try
        {
            await server.AuthenticateAsServerAsync(InMemoryHandshake.CreateServerOptions(certificate), cancellationToken);
            return await ReadHeadAsync(server, cancellationToken);
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            return null;
        }
    }

    /// <summary>Reads a request or response up to its empty line.</summary>
    internal static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(octet, cancellationToken);
            head.Append((char)octet[0]);
        }

        return head.ToString();
    }

    internal static Task WriteAsync(Stream stream, string head, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\n"), cancellationToken).AsTask();

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }
}
