using System.Net.Security;
using System.Security.Authentication;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Benchmarks;

/// <summary>
/// Two TlsObjects that share their queues, against two SslStreams over pipes in memory, with the same contexts: records of 16 KiB from the server to the client, and whole handshakes. Everything
/// is on one thread. Sessions are not resumed.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[SimpleJob(launchCount: 1, warmupCount: 50, iterationCount: 500, invocationCount: 1)]
public class BioBenchmarks : IDisposable
{
    private const string Host = "server.example";
    private const string Bulk = "bulk";
    private const string Handshakes = "handshake";
    private const int RecordSize = 16 * 1024;
    private const int Records = 1024;
    private const int HandshakesPerInvocation = 4;

    private readonly ThrowAwayCa _ca = new(TimeProvider.System.GetUtcNow());
    private readonly byte[] _block = new byte[RecordSize];
    private readonly byte[] _buffer = new byte[RecordSize];
    private readonly TlsContext _client = TlsContext.CreateDefault();
    private readonly TlsContext _server = TlsContext.CreateDefaultServer();
    private (SslStream Client, SslStream Server) _streams;
    private BenchmarkBios? _objects;

    [Params(SslProtocols.Tls12, SslProtocols.Tls13)]
    public SslProtocols Protocol { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var version = Protocol == SslProtocols.Tls12 ? TlsProtocolVersion.Tls12 : TlsProtocolVersion.Tls13;
        _client.MinimumVersion = version;
        _client.MaximumVersion = version;
        _client.LoadVerifyLocations(caData: _ca.RootPem);
        var own = _ca.IssueServer(Host);
        _server.LoadCertificateChain(own.Certificate, own.ServerChain.Skip(1).Select(c => c.Certificate));

        // A server that asks for certificates resumes no session.
        _server.VerifyMode = TlsVerifyMode.Optional;
        _objects = Connect();
        _streams = await ConnectStreams().ConfigureAwait(false);
        Random.Shared.NextBytes(_block);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _streams.Client.DisposeAsync().ConfigureAwait(false);
        await _streams.Server.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    [BenchmarkCategory(Bulk)]
    public async Task Bulk_SslStream()
    {
        for (var i = 0; i < Records; i++)
        {
            await _streams.Server.WriteAsync(_block).ConfigureAwait(false);
            for (var received = 0; received < RecordSize;)
            {
                received += await _streams.Client.ReadAsync(_buffer).ConfigureAwait(false);
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Records)]
    [BenchmarkCategory(Bulk)]
    public void Bulk_TlsObject()
    {
        for (var i = 0; i < Records; i++)
        {
            _objects!.Server.Write(_block);
            for (var received = 0; received < RecordSize;)
            {
                Require(_objects!.Client.Read(_buffer, out var count) == TlsStatus.Done);
                received += count;
            }
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = HandshakesPerInvocation)]
    [BenchmarkCategory(Handshakes)]
    public async Task Handshake_SslStream()
    {
        for (var i = 0; i < HandshakesPerInvocation; i++)
        {
            var (client, server) = await ConnectStreams().ConfigureAwait(false);
            await client.DisposeAsync().ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    [Benchmark(OperationsPerInvoke = HandshakesPerInvocation)]
    [BenchmarkCategory(Handshakes)]
    public void Handshake_TlsObject()
    {
        for (var i = 0; i < HandshakesPerInvocation; i++)
        {
            Connect().Dispose();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _objects?.Dispose();
            _ca.Dispose();
        }
    }

    private BenchmarkBios Connect()
    {
        var objects = new BenchmarkBios(_client, _server, Host);
        while (objects.Client.DoHandshake() != TlsStatus.Done | objects.Server.DoHandshake() != TlsStatus.Done)
        {
            Require(!objects.IsIdle);
        }

        return objects;
    }

    private async Task<(SslStream Client, SslStream Server)> ConnectStreams()
    {
        var (near, far) = DuplexStream.CreatePair();
        var accepting = _server.WrapServerStreamAsync(far);
        var client = await _client.WrapStreamAsync(near, Host).ConfigureAwait(false);
        return (client, await accepting.ConfigureAwait(false));
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The two ends do not understand each other, so there is nothing to compare.");
        }
    }
}
