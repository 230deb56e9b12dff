using System.Net.Security;

namespace Truststore;

/// <summary>What a context knows of a stream that was authenticated with its options.</summary>
public static class SslStreamExtensions
{
    /// <summary>The verdict on the peer's chain: verified path and peer chain. Python: <c>get_verified_chain()</c>, <c>get_unverified_chain()</c>.</summary>
    /// <param name="stream">A stream whose handshake used the options of a <see cref="TlsContext"/>.</param>
    /// <returns>The verdict, or <see langword="null"/> when the stream's peer was not verified by a context (yet).</returns>
    /// <remarks>After a failed handshake the verdict is in <see cref="CertificateVerificationException.Result"/>.</remarks>
    public static ChainVerificationResult? GetVerification(this SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return HandshakeResults.Find(stream);
    }
}
