namespace Truststore.Benchmarks;

/// <summary>What a handshake goes over.</summary>
public enum HandshakeTransport
{
    Memory,
    Loopback,
}
