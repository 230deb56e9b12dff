using System.Net.Security;
using System.Runtime.ExceptionServices;
using System.Runtime.Versioning;
using System.Security.Authentication;

namespace Truststore;

/// <summary>What a context knows of a stream that was authenticated with its options.</summary>
public static class SslStreamExtensions
{
    /// <summary>The verdict on the peer's chain: verified path and peer chain. Python: <c>get_verified_chain()</c>, <c>get_unverified_chain()</c>.</summary>
    /// <param name="stream">A stream whose handshake used the options of a <see cref="TlsContext"/>.</param>
    /// <returns>
    /// The verdict of the last time that the peer presented certificates, a rejection included; <see langword="null"/> when
    /// the stream's peer was not verified by a context (yet).
    /// </returns>
    public static ChainVerificationResult? GetVerification(this SslStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return HandshakeResults.Find(stream)?.Result;
    }

    /// <summary>Asks a client for its certificate after the handshake, and verifies it. Python: <c>verify_client_post_handshake()</c>.</summary>
    /// <param name="stream">A server's stream, authenticated with a context that has <see cref="TlsContext.PostHandshakeAuth"/>, over TLS 1.3, on which nothing is being read.</param>
    /// <param name="cancellationToken">Cancels the wait for the client; the stream is of no use afterwards.</param>
    /// <returns>The verdict; with <see cref="TlsVerifyMode.Optional"/> one that is not verified when the client has no certificate.</returns>
    /// <exception cref="CertificateVerificationException">The client's chain is not trusted, or it sent none where one is required. The stream is closed.</exception>
    /// <exception cref="AuthenticationException">The client does not do post-handshake authentication, as .NET's clients without a certificate.</exception>
    /// <exception cref="InvalidOperationException">The stream is not authenticated, or is a client's.</exception>
    /// <exception cref="PlatformNotSupportedException">.NET cannot do this on macOS.</exception>
    public static async Task<ChainVerificationResult> VerifyClientPostHandshakeAsync(this SslStream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.IsAuthenticated || !stream.IsServer)
        {
            throw new InvalidOperationException("Only a server can ask for a certificate after the handshake, and only after it.");
        }

        if (OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD() || OperatingSystem.IsWindows())
        {
            return await NegotiateClientCertificateAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        throw new PlatformNotSupportedException("Post-handshake authentication is not supported by .NET on this platform; ask for the certificate in the handshake (TlsContext.VerifyMode without PostHandshakeAuth).");
    }

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("freebsd")]
    [SupportedOSPlatform("windows")]
    private static async Task<ChainVerificationResult> NegotiateClientCertificateAsync(SslStream stream, CancellationToken cancellationToken)
    {
        var before = HandshakeResults.Find(stream) ?? throw new InvalidOperationException("The stream was not authenticated by a TlsContext.");
        try
        {
            await stream.NegotiateClientCertificateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IOException or InvalidOperationException or ObjectDisposedException))
        {
            if (HandshakeResults.Find(stream) == before)
            {
                throw new AuthenticationException("The client did not answer the question for its certificate. Clients that have none, .NET's among them, mostly do not offer post-handshake authentication (RFC 8446 §4.2.6), and TLS 1.2 has none.", error);
            }
        }

        var outcome = HandshakeResults.Find(stream)!;
        if (outcome.Error is not null)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            ExceptionDispatchInfo.Throw(outcome.Error);
        }

        return outcome.Result;
    }
}
