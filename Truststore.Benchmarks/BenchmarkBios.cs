namespace Truststore.Benchmarks;

/// <summary>Two TLS objects; what goes out of one is what comes into the other.</summary>
internal sealed class BenchmarkBios : IDisposable
{
    private readonly MemoryBio _toServer = new();
    private readonly MemoryBio _toClient = new();

    internal BenchmarkBios(TlsContext client, TlsContext server, string host)
    {
        Client = client.WrapBio(_toClient, _toServer, host);
        Server = server.WrapBio(_toServer, _toClient);
    }

    internal TlsObject Client { get; }

    internal TlsObject Server { get; }

    internal bool IsIdle => _toServer.Pending == 0 && _toClient.Pending == 0;

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _toServer.Dispose();
        _toClient.Dispose();
    }
}
