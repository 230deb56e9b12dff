using System.Collections.Immutable;
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
    /// <param name="host">
    /// The host that the peer must prove to be, whatever the target host of the stream is; <see langword="null"/> to take the
    /// stream's target host, which callers that are no <see cref="SslStream"/> do not have.
    /// </param>
    /// <returns>The callback. It throws <see cref="CertificateVerificationException"/> instead of returning <see langword="false"/>, so that the reason is not lost.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, too long, or no host name.</exception>
    /// <remarks>
    /// Prefer <see cref="CreateOptions"/> or <see cref="CreateServerOptions"/>: beside the callback they set versions, protocols and certificates, and spare the verification of .NET, which with this callback alone
    /// still runs, may look for certificates on the network, and may fail the handshake by itself over certificates that it cannot decode.
    /// A callback with a <paramref name="host"/> is for connections to that host only: on a client that connects to several it
    /// would take one host's certificate for every other.
    /// <see cref="ChainVerificationResult.ReferenceIdentifier"/> says which name was verified.
    /// </remarks>
    public RemoteCertificateValidationCallback CreateValidationCallback(string? host = null)
    {
        var reference = host is null ? null : ReferenceIdentifier.Parse(host);
        MakeReadOnly();
        return Role == TlsRole.Server
            ? VerifyClient
            : (sender, certificate, chain, _) => Conclude(sender as SslStream, certificate, chain, HandshakeHost.Of(reference, sender as SslStream));
    }

    /// <summary>
    /// Puts this context's verification in the place of .NET's, both in the same breath. The policy accepts everyone and makes the X509Chain.Build that SslStream always runs cost microseconds;
    /// the callback decides.
    /// </summary>
    private void ReplaceVerification(SslClientAuthenticationOptions options, ReferenceIdentifier? reference)
    {
        options.CertificateChainPolicy = CreateNeutralPolicy();
        options.RemoteCertificateValidationCallback = (sender, certificate, chain, _) =>
            Conclude(sender as SslStream, certificate, chain, HandshakeHost.OfTarget(reference, sender as SslStream));
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

    private bool VerifyClient(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors policyErrors) =>
        Conclude(sender as SslStream, certificate, chain, default);

    /// <summary>Verifies the peer of a handshake, and remembers what came of it before the stream hears of it.</summary>
    /// <exception cref="CertificateVerificationException">The chain is not trusted.</exception>
    private bool Conclude(SslStream? stream, X509Certificate? certificate, X509Chain? chain, HandshakeHost host)
    {
        var peer = HandshakeChain.Capture(certificate, chain);
        try
        {
            var result = MayStayUnverified(stream, peer) ? ChainVerificationResult.NotVerified(peer) : Verify(peer, host);
            HandshakeResults.Remember(stream, new HandshakeOutcome(result));
            return result.IsTrusted ? true : throw new CertificateVerificationException(result, host.Reference);
        }
        catch (Exception error)
        {
            var result = (error as CertificateVerificationException)?.Result ?? ChainVerificationResult.Failed(peer, error);
            HandshakeResults.Remember(stream, new HandshakeOutcome(result, error));

            // A stream that is authenticated already would survive an exception, and present the new certificate as the peer's; false ends it.
            if (stream is { IsAuthenticated: true })
            {
                return false;
            }

            throw;
        }
    }

    /// <summary>Only a peer without a certificate can be anonymous, and only on a server that does not insist on one, or not yet.</summary>
    private bool MayStayUnverified(SslStream? stream, ImmutableArray<PeerCertificate> peer)
    {
        var isAskedLater = PostHandshakeAuth && stream is { IsAuthenticated: false };
        return VerifyMode == TlsVerifyMode.None
            || (Role == TlsRole.Server && peer.IsEmpty && (VerifyMode == TlsVerifyMode.Optional || isAskedLater));
    }

    private ChainVerificationResult Verify(ImmutableArray<PeerCertificate> peer, HandshakeHost host)
    {
        var request = CreateRequest(peer);
        return Verify(CheckHostname
            ? request with { ReferenceIdentifier = host.Reference, ReferenceIdentifierError = host.Error }
            : request);
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
        var peer = PeerCertificate.CreateChain(peerChain);
        return VerifyMode == TlsVerifyMode.None
            ? ChainVerificationResult.NotVerified(peer)
            : Verify(CreateRequest(peer) with { ReferenceIdentifier = CheckHostname ? reference : null });
    }

    private ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        var result = VerificationTelemetry.Verify(_verifier, request);
        VerificationObserver?.Invoke(result);
        return result;
    }

    internal ChainVerificationRequest CreateRequest(IReadOnlyList<PeerCertificate> peerChain) => new()
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
