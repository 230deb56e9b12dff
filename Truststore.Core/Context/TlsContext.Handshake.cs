using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Truststore.Diagnostics;

namespace Truststore;

/// <content>The way of a handshake through a context.</content>
public sealed partial class TlsContext
{
    /// <summary>Makes the options for a TLS client: any <see cref="SslStream"/>, or <c>SocketsHttpHandler.SslOptions</c>. Freezes the context.</summary>
    /// <param name="host">The host that the peer must prove to be; a DNS name or an IP address, as in a URL. <see langword="null"/> where the client sets it itself, as HttpClient does.</param>
    /// <returns>New options; the caller may change what does not concern trust.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, too long, or no host name.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MinimumVersion"/> is above <see cref="MaximumVersion"/>.</exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="MinimumVersion"/> is TLS 1.3, which .NET speaks on macOS only with a switch; the message names it.</exception>
    /// <remarks>Pass <see langword="null"/> to connect somewhere without a name only with <see cref="CheckHostname"/> off: no name while names are checked is a failure, never a pass.</remarks>
    public SslClientAuthenticationOptions CreateOptions(string? host = null)
    {
        RequireRole(TlsRole.Client, nameof(CreateOptions));
        var reference = host is null ? null : ReferenceIdentifier.Parse(host);

        // Before the context freezes, so that the versions can still be set right.
        ProtocolSupport.Require(EnabledProtocols(), Role);
        MakeReadOnly();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = reference?.Value,
            EnabledSslProtocols = EnabledProtocols(),
            AllowRenegotiation = false,

            // A session is resumed by whoever asks for the same host; one that nobody verified must not be there to resume.
            AllowTlsResume = AllowTlsResume && VerifyMode != TlsVerifyMode.None,
        };

        if (_alpnProtocols.Count > 0)
        {
            options.ApplicationProtocols = [.. _alpnProtocols];
        }

        options.CipherSuitesPolicy = CreateCipherSuitesPolicy();
        options.ClientCertificateContext = _identity?.Context;
        ReplaceVerification(options, reference);
        return options;
    }

    /// <summary>Puts this context's verification into options that a library has made, in the place of what they have. Freezes the context.</summary>
    /// <param name="options">The options. Their target host, and what they say about versions, protocols, ciphers and client certificates, stays; where they say nothing the context does.</param>
    /// <exception cref="InvalidOperationException">See <see cref="CreateOptions"/>.</exception>
    public void ApplyTo(SslClientAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = CreateOptions();
        options.CertificateChainPolicy = own.CertificateChainPolicy;
        options.RemoteCertificateValidationCallback = own.RemoteCertificateValidationCallback;
        options.AllowRenegotiation = false;
        options.AllowTlsResume &= own.AllowTlsResume;
        options.ApplicationProtocols ??= own.ApplicationProtocols;
        options.CipherSuitesPolicy ??= own.CipherSuitesPolicy;
        if (options.EnabledSslProtocols == SslProtocols.None)
        {
            options.EnabledSslProtocols = own.EnabledSslProtocols;
        }

        if (options.ClientCertificates is not { Count: > 0 } && options.LocalCertificateSelectionCallback is null)
        {
            options.ClientCertificateContext ??= own.ClientCertificateContext;
        }
    }

    /// <summary>Makes the callback for clients that take nothing else: it judges the peer by this context, whatever .NET's own verification says. Freezes the context.</summary>
    /// <param name="host">The host that the peer must prove to be, for callers that give the callback no <see cref="SslStream"/> to ask; <see langword="null"/> to take the stream's target host.</param>
    /// <returns>The callback. It throws <see cref="CertificateVerificationException"/> instead of returning <see langword="false"/>, so that the reason is not lost.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, too long, or no host name.</exception>
    /// <remarks>
    /// Prefer <see cref="CreateOptions"/> or <see cref="CreateServerOptions"/>: beside the callback they set versions, protocols and certificates, and spare the verification of .NET, which with this callback alone
    /// still runs, may look for certificates on the network, and may fail the handshake by itself over certificates that it cannot decode.
    /// </remarks>
    public RemoteCertificateValidationCallback CreateValidationCallback(string? host = null)
    {
        var reference = host is null ? null : ReferenceIdentifier.Parse(host);
        MakeReadOnly();
        return Role == TlsRole.Server ? VerifyClient : (sender, certificate, chain, _) => VerifyServer(sender, certificate, chain, reference);
    }

    /// <summary>
    /// Puts this context's verification in the place of .NET's, both in the same breath. The policy accepts everyone and makes the X509Chain.Build that SslStream always runs cost microseconds;
    /// the callback decides.
    /// </summary>
    private void ReplaceVerification(SslClientAuthenticationOptions options, ReferenceIdentifier? reference)
    {
        options.CertificateChainPolicy = CreateNeutralPolicy();
        options.RemoteCertificateValidationCallback = (sender, certificate, chain, _) => VerifyServer(sender, certificate, chain, reference);
    }

    private static X509ChainPolicy CreateNeutralPolicy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    private CipherSuitesPolicy? CreateCipherSuitesPolicy() =>
        _cipherSuites is not null && !OperatingSystem.IsWindows() ? new CipherSuitesPolicy(_cipherSuites) : null;

    private bool VerifyServer(object sender, X509Certificate? certificate, X509Chain? chain, ReferenceIdentifier? reference)
    {
        var stream = sender as SslStream;
        var peer = PeerChain.Capture(certificate, chain);
        return Conclude(stream, VerifyMode == TlsVerifyMode.None
            ? ChainVerificationResult.NotVerified(peer.Encoded)
            : Verify(peer, stream is null ? reference : ReferenceOf(stream.TargetHostName)));
    }

    private bool VerifyClient(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors policyErrors)
    {
        var stream = sender as SslStream;
        var peer = PeerChain.Capture(certificate, chain);
        var isAskedLater = PostHandshakeAuth && stream is { IsAuthenticated: false };
        var mayBeAnonymous = VerifyMode == TlsVerifyMode.None || (peer.Encoded.Count == 0 && (VerifyMode == TlsVerifyMode.Optional || isAskedLater));
        return Conclude(stream, mayBeAnonymous ? ChainVerificationResult.NotVerified(peer.Encoded) : Verify(peer, reference: null));
    }

    private static bool Conclude(SslStream? stream, ChainVerificationResult result)
    {
        if (stream is not null)
        {
            HandshakeResults.Remember(stream, result);
        }

        return result.IsTrusted;
    }

    /// <summary>Judges a peer chain by this context.</summary>
    /// <exception cref="CertificateVerificationException">The chain is not trusted.</exception>
    private ChainVerificationResult Verify(PeerChain peer, ReferenceIdentifier? reference)
    {
        var request = CreateRequest(peer.Encoded) with { ReferenceIdentifier = CheckHostname ? reference : null, DecodedChain = peer.Decoded };
        var result = Judge(request);
        return result.IsTrusted ? result : throw new CertificateVerificationException(result, reference);
    }

    /// <summary>The question that this context asks about a chain, for verifying one without a handshake. Freezes the context.</summary>
    /// <param name="peerChain">The certificates, DER, the end-entity certificate first.</param>
    /// <param name="host">The host that the end-entity certificate must be for, or <see langword="null"/>.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, too long, or no host name.</exception>
    public ChainVerificationResult VerifyChain(IReadOnlyList<ReadOnlyMemory<byte>> peerChain, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(peerChain);
        var reference = host is null ? null : ReferenceIdentifier.Parse(host);
        MakeReadOnly();
        return VerifyMode == TlsVerifyMode.None
            ? ChainVerificationResult.NotVerified(peerChain)
            : Judge(CreateRequest(peerChain) with { ReferenceIdentifier = CheckHostname ? reference : null });
    }

    private ChainVerificationResult Judge(ChainVerificationRequest request)
    {
        var result = VerificationTelemetry.Verify(_verifier, request);
        VerificationObserver?.Invoke(result);
        return result;
    }

    private ChainVerificationRequest CreateRequest(IReadOnlyList<ReadOnlyMemory<byte>> peerChain) => new()
    {
        PeerChain = peerChain,
        CheckHostname = CheckHostname,
        HostnameChecksCommonName = HostnameChecksCommonName,
        Purpose = Role == TlsRole.Server ? PeerPurpose.ClientAuthentication : PeerPurpose.ServerAuthentication,
        AddedAnchors = _addedAnchors,
        RevocationLists = _revocationLists,
        UseSystemAnchors = UseSystemAnchors,
        VerifyFlags = VerifyFlags,
        VerificationTime = TimeProvider.GetUtcNow(),
        Limits = Limits,
        MaxVerdictAge = MaxVerdictAge,
    };

    // SslStream strips nothing and converts nothing; a name that is no host name can't be matched, and says so by being absent.
    private static ReferenceIdentifier? ReferenceOf(string? targetHostName) =>
        string.IsNullOrEmpty(targetHostName) ? null : ReferenceIdentifier.TryRead(targetHostName, out _);

    private SslProtocols EnabledProtocols()
    {
        var minimum = MinimumVersion == TlsProtocolVersion.MaximumSupported ? TlsProtocolVersion.Tls13 : MinimumVersion;
        var maximum = MaximumVersion switch
        {
            TlsProtocolVersion.MinimumSupported => TlsProtocolVersion.Tls12,
            TlsProtocolVersion.MaximumSupported => TlsProtocolVersion.Tls13,
            var version => version,
        };
        if (minimum > maximum)
        {
            throw new InvalidOperationException($"TlsContext.MinimumVersion ({MinimumVersion}) is above MaximumVersion ({MaximumVersion}): no version is left.");
        }

        return (minimum <= TlsProtocolVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.None) | (maximum >= TlsProtocolVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.None);
    }
}
