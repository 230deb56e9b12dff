namespace Truststore;

/// <summary>Which side of a handshake a context is for. Python: <c>ssl.PROTOCOL_TLS_CLIENT</c> and <c>PROTOCOL_TLS_SERVER</c>.</summary>
public enum TlsRole
{
    /// <summary>The side that connects, and judges servers.</summary>
    Client = 0,

    /// <summary>The side that accepts, shows a certificate, and judges clients where it asks them for one.</summary>
    Server = 1,
}
