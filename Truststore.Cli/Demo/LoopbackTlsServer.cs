using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Cli.Demo;

/// <summary>A TLS server on an ephemeral port of the loopback interface. Does the handshake with whoever comes, sends back what it reads, and hangs up when they do.</summary>
internal sealed class LoopbackTlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SslServerAuthenticationOptions _options;
    private readonly Task _loop;

    private LoopbackTlsServer(SslServerAuthenticationOptions options)
    {
        _options = options;
        _listener.Start();
        _loop = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The last handshake that failed on this side; a client that hangs up on a bad certificate is one cause.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>Starts a server.</summary>
    /// <param name="certificate">Its certificate; must outlive the server.</param>
    /// <param name="chain">The certificates to send besides. A self-signed one at the end is left out by SslStream.</param>
    /// <param name="options">How it speaks TLS.</param>
    internal static LoopbackTlsServer Start(IssuedCertificate certificate, IEnumerable<IssuedCertificate> chain, LoopbackTlsServerOptions? options = null)
    {
        options ??= LoopbackTlsServerOptions.Default;
        var server = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(Usable(certificate.Certificate), [.. chain.Select(c => c.Certificate)], offline: true),
            EnabledSslProtocols = options.Protocols,
            ApplicationProtocols = options.ApplicationProtocols.Count > 0 ? [.. options.ApplicationProtocols] : null,
        };
        if (options.AllowWeakKey)
        {
            // The only switch that lowers OpenSSL's security level to 0. Clients still choose an encrypting cipher suite: they offer no other.
#pragma warning disable SYSLIB0040
            server.EncryptionPolicy = EncryptionPolicy.AllowNoEncryption;
#pragma warning restore SYSLIB0040
        }

        return new LoopbackTlsServer(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _listener.Dispose();
        _stop.Dispose();
    }

    // Schannel does not take a private key that exists in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
        : certificate;

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        client.NoDelay = true;
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(_options, _stop.Token);
            var buffer = new byte[16 * 1024];
            for (int count; (count = await tls.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                await tls.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            Failure = error;
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
