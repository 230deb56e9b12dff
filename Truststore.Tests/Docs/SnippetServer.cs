using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Docs;

/// <summary>A TLS server on loopback that greets whoever completes the handshake by an HTTP response.</summary>
internal sealed class SnippetServer : IAsyncDisposable
{
    /// <summary>The body of the response.</summary>
    internal const string Greeting = "Hello over TLS";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslServerAuthenticationOptions _options;
    private readonly Task _serving;

    internal SnippetServer(IssuedCertificate certificate)
    {
        X509Certificate2Collection issuers = [.. certificate.ServerChain.Skip(1).Select(c => c.Certificate)];
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate.Certificate, issuers, offline: true),
        };
        _listener.Start();
        _serving = ServeAsync();
    }

    internal static string Host => "localhost";

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal Uri Url => new($"https://{Host}:{Port}/");

    /// <summary>Connects without TLS.</summary>
    internal async Task<SslStream> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)_listener.LocalEndpoint);
        return new SslStream(client.GetStream());
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await GreetAsync(client);
            }
            catch (Exception error) when (error is IOException or AuthenticationException)
            {
                // The client turned the certificate down, as many an example does.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task GreetAsync(TcpClient client)
    {
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_options);
        var request = new byte[4096];
        if (await tls.ReadAsync(request) > 0)
        {
            await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Greeting.Length}\r\nConnection: close\r\n\r\n{Greeting}"));
        }
    }
}
