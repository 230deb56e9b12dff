using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Docs;

/// <summary>A TLS server on loopback that greets whoever completes the handshake by an HTTP response.</summary>
internal sealed class SnippetServer : IAsyncDisposable
{
    /// <summary>The body of the response.</summary>
    internal const string Greeting = "Hello over TLS";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
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

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await GreetAsync(client);
            }
            catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException)
            {
                // The client turned the certificate down, as in many an example, or the test is over.
            }
        }
    }

    private async Task GreetAsync(TcpClient client)
    {
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_options, _stop.Token);
        var request = new byte[4096];
        if (await tls.ReadAsync(request, _stop.Token) > 0)
        {
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Greeting.Length}\r\nConnection: close\r\n\r\n{Greeting}"), _stop.Token);
        }
    }
}
