namespace Truststore;

/// <summary>How far a call of a <see cref="TlsObject"/> came with the bytes at hand. Python: the exceptions <c>SSLWantReadError</c> and <c>SSLZeroReturnError</c>, and their absence.</summary>
public enum TlsStatus
{
    /// <summary>The call has done what it is for.</summary>
    Done = 0,

    /// <summary>More bytes of the peer are needed: send what waits in the outgoing <see cref="MemoryBio"/>, write what arrives into the incoming one, and call again.</summary>
    WantRead = 1,

    /// <summary>The peer has closed its side by close_notify; nothing more comes.</summary>
    Closed = 2,
}
