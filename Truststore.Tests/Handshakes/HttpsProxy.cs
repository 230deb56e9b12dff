using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Truststore.Tests.Handshakes;

/// <summary>A proxy that is spoken to over TLS, and connects to one port of loopback whatever host it is asked for (RFC 9110 §9.3.6).</summary>
internal sealed class HttpsProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslServerAuthenticationOptions _options;
    private readonly int _target;

    internal HttpsProxy(ServerScenario scenario, int target)
    {
        _options = InMemoryHandshake.CreateServerOptions(scenario);
        _target = target;
        _listener.Start();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Serves one connection to its end.</summary>
    internal async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var socket = await _listener.AcceptSocketAsync(cancellationToken);
        await using var client = new SslStream(new NetworkStream(socket));
        await client.AuthenticateAsServerAsync(_options, cancellationToken);
        await ReadRequestAsync(client, cancellationToken);
        await using var server = await TlsClient.OpenAsync(_target, cancellationToken);
        await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);
        await Task.WhenAny(client.CopyToAsync(server, cancellationToken), server.CopyToAsync(client, cancellationToken));
    }

    public void Dispose() => _listener.Dispose();

    private static async Task ReadRequestAsync(SslStream client, CancellationToken cancellationToken)
    {
        var request = new StringBuilder();
        var buffer = new byte[1024];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var length = await client.ReadAsync(buffer, cancellationToken);
            if (length == 0)
            {
                throw new EndOfStreamException("The client went without a request.");
            }

            request.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }
    }
}
