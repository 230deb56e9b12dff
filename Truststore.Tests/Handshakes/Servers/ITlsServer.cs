namespace Truststore.Tests.Handshakes.Servers;

/// <summary>A server that runs on loopback until it is disposed of.</summary>
internal interface ITlsServer : IDisposable
{
    /// <summary>Where it listens.</summary>
    int Port { get; }
}
