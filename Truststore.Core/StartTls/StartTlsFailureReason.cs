namespace Truststore;

/// <summary>Why a connection could not be upgraded to TLS.</summary>
public enum StartTlsFailureReason
{
    /// <summary>The server does not offer TLS on this connection; or somebody on the way has taken the offer away.</summary>
    NotOffered,

    /// <summary>The server does not want to: now, or with this client.</summary>
    Refused,

    /// <summary>The server said something that has no place in the protocol at this step.</summary>
    UnexpectedReply,

    /// <summary>Plaintext arrived that nobody had asked for: behind the server's go-ahead, or before a command that it would have answered. Somebody on the way may have put it there (CVE-2011-0411).</summary>
    InjectedData,

    /// <summary>The server sent more than <see cref="StartTlsOptions"/> allow.</summary>
    LimitExceeded,

    /// <summary>The upgrade was not finished within <see cref="StartTlsOptions.Timeout"/>.</summary>
    Timeout,

    /// <summary>The connection ended, or broke.</summary>
    ConnectionClosed,

    /// <summary>The TLS handshake failed before there was a verdict on the server's certificate.</summary>
    HandshakeFailed,
}
