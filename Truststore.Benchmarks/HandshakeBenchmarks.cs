using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Benchmarks;

/// <summary>
/// A whole handshake, both sides of it and over loopback the connection too, against SslStream's own verification with the same anchors. The server has a P-256 certificate under an
/// intermediate; sessions are not resumed.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 100, iterationCount: 300, invocationCount: 4)]
public class HandshakeBenchmarks : IDisposable
{
    private const string Host = "server.example";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ThrowAwayCa _ca = new(TimeProvider.System.GetUtcNow());
    private readonly ThrowAwayCa _stranger = new(TimeProvider.System.GetUtcNow(), "Stranger");
    private SslServerAuthenticationOptions _server = new();
    private SslClientAuthenticationOptions _customRoots = new();
    private SslClientAuthenticationOptions _system = new();
    private SslClientAuthenticationOptions _truststore = new();
    private SslClientAuthenticationOptions _withoutVerdicts = new();

    [Params(SslProtocols.Tls12, SslProtocols.Tls13)]
    public SslProtocols Protocol { get; set; }

    [Params(HandshakeTransport.Memory, HandshakeTransport.Loopback)]
    public HandshakeTransport Transport { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _listener.Start();
        _system = StockOptions(StockTrust.System(_ca.Root.Certificate));
        _customRoots = StockOptions(StockTrust.CustomRoots(_ca.Root.Certificate));
        _truststore = Options(TlsContext.CreateDefault());
        _withoutVerdicts = Options(new TlsContext(SystemTrust.Verifier) { MaxVerdictAge = TimeSpan.Zero });

        var stranger = ServerOptions(_stranger);
        _server = ServerOptions(_ca);
        foreach (var client in new[] { _customRoots, _system, _truststore, _withoutVerdicts })
        {
            await Handshake(client, _server).ConfigureAwait(false);
            await RequireRejection(client, stranger).ConfigureAwait(false);
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        StockTrust.DeleteFile();
        Dispose();
    }

    [Benchmark(Baseline = true)]
    public Task Handshake_StockCustomRoots() => Handshake(_customRoots, _server);

    [Benchmark]
    public Task Handshake_StockSystem() => Handshake(_system, _server);

    [Benchmark]
    public Task Handshake_Truststore() => Handshake(_truststore, _server);

    /// <summary>Judges the chain anew each time; the intermediate is known.</summary>
    [Benchmark]
    public Task Handshake_TruststoreWithoutVerdicts() => Handshake(_withoutVerdicts, _server);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listener.Dispose();
            _ca.Dispose();
            _stranger.Dispose();
        }
    }

    private SslClientAuthenticationOptions StockOptions(X509ChainPolicy policy) => new()
    {
        TargetHost = Host,
        EnabledSslProtocols = Protocol,
        CertificateChainPolicy = policy,
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    private SslClientAuthenticationOptions Options(TlsContext context)
    {
        context.LoadVerifyLocations(caData: _ca.RootPem);
        var options = context.CreateOptions(Host);
        options.EnabledSslProtocols = Protocol;
        options.AllowTlsResume = false;
        return options;
    }

    private SslServerAuthenticationOptions ServerOptions(ThrowAwayCa ca) => new()
    {
        ServerCertificateContext = CertificateContext(ca),
        EnabledSslProtocols = Protocol,
        AllowTlsResume = false,
        AllowRenegotiation = false,
    };

    private static SslStreamCertificateContext CertificateContext(ThrowAwayCa ca)
    {
        var intermediate = ca.Keep(ca.Root.Issue(ca.Intermediate.Spec.Extend()));
        var server = ca.Keep(intermediate.Issue(ca.ServerSpec(Host).Extend()));
        return SslStreamCertificateContext.Create(server.Certificate, [intermediate.Certificate], offline: true);
    }

    private async Task Handshake(SslClientAuthenticationOptions client, SslServerAuthenticationOptions server)
    {
        var (near, far) = Transport == HandshakeTransport.Memory ? DuplexStream.CreatePair() : await Connect().ConfigureAwait(false);
        await using var clientStream = new SslStream(near);
        await using var serverStream = new SslStream(far);
        var accepting = serverStream.AuthenticateAsServerAsync(server);
        try
        {
            await clientStream.AuthenticateAsClientAsync(client).ConfigureAwait(false);
        }
        catch
        {
            // A server that is still waiting sees the end of the stream.
            await near.DisposeAsync().ConfigureAwait(false);
            await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await accepting.ConfigureAwait(false);
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream owns the socket.")]
    private async Task<(Stream Near, Stream Far)> Connect()
    {
        var accepting = _listener.AcceptSocketAsync();
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(_listener.LocalEndpoint).ConfigureAwait(false);
        return (Wrap(near), Wrap(await accepting.ConfigureAwait(false)));
    }

    private static NetworkStream Wrap(Socket socket)
    {
        // Closed by a reset: thousands of connections waiting for their end would use up the ports.
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.NoDelay = true;
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task RequireRejection(SslClientAuthenticationOptions client, SslServerAuthenticationOptions stranger)
    {
        try
        {
            await Handshake(client, stranger).ConfigureAwait(false);
        }
        catch (AuthenticationException)
        {
            return;
        }

        throw new InvalidOperationException("A stranger's certificate is accepted, so there is nothing to compare.");
    }
}
