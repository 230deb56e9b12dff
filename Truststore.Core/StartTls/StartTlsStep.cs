namespace Truststore;

/// <summary>How far an upgrade to TLS had come.</summary>
public enum StartTlsStep
{
    /// <summary>Waiting for what the server says first.</summary>
    Greeting,

    /// <summary>Asking the server whether it can TLS.</summary>
    Capabilities,

    /// <summary>Asking the server to begin with TLS.</summary>
    Request,

    /// <summary>The TLS handshake, after the server's go-ahead.</summary>
    Handshake,
}
