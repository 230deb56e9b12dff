using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using Truststore.Streams;

namespace Truststore;

/// <content>What is known of the connection and of the peer.</content>
public sealed partial class TlsObject
{
    /// <summary>The host that the server must prove to be; on a server the one that the client has asked for, once that is known. Python: <c>server_hostname</c>.</summary>
    public string? ServerHostname => IsServer ? (_ssl.TargetHostName is { Length: > 0 } name ? name : null) : Reference?.Value;

    /// <summary>The TLS version as OpenSSL and Python name it (<c>TLSv1.3</c>), or <see langword="null"/> before the handshake is done. Python: <c>version()</c>.</summary>
    public string? Version => !IsHandshakeDone ? null : _ssl.SslProtocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    /// <summary>The cipher suite, or <see langword="null"/> before the handshake is done. Python: <c>cipher()</c>.</summary>
    public TlsCipherSuite? Cipher => IsHandshakeDone ? _ssl.NegotiatedCipherSuite : null;

    /// <summary>The application protocol that both sides agreed on, or <see langword="null"/>. Python: <c>selected_alpn_protocol()</c>.</summary>
    public string? SelectedAlpnProtocol => IsHandshakeDone && !_ssl.NegotiatedApplicationProtocol.Protocol.IsEmpty ? _ssl.NegotiatedApplicationProtocol.ToString() : null;

    /// <summary>The verdict on the peer, or <see langword="null"/> before the handshake is done and where no verdict was asked for.</summary>
    public ChainVerificationResult? Verification => IsHandshakeDone ? _ssl.GetVerification() : null;

    private CertificateInfo? ServerCertificate =>
        !IsHandshakeDone ? null : !IsServer ? GetPeerCertificate() : _ssl.LocalCertificate is { } own ? CertificateInfo.From(own) : null;

    /// <summary>The peer's own certificate, or <see langword="null"/> when it has sent none or the handshake is not done. Python: <c>getpeercert()</c>.</summary>
    /// <returns>The certificate; verified unless the context does not verify.</returns>
    public CertificateInfo? GetPeerCertificate() => GetUnverifiedChain() is [var own, ..] ? CertificateInfo.Parse(own.Span) : null;

    /// <summary>The certificates as the peer has sent them. Python: <c>get_unverified_chain()</c>.</summary>
    /// <returns>DER, the peer's own first; empty before the handshake is done.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "Named as in Python.")]
    public IReadOnlyList<ReadOnlyMemory<byte>> GetUnverifiedChain() => Verification?.PeerChain ?? [];

    /// <summary>The verified path. Python: <c>get_verified_chain()</c>.</summary>
    /// <returns>From the peer's certificate to the trust anchor; empty where nothing was verified.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "Named as in Python.")]
    public IReadOnlyList<CertificateInfo> GetVerifiedChain() => Verification?.VerifiedPath ?? [];

    /// <summary>Bytes that tie an authentication inside to this connection (RFC 5929). Python: <c>get_channel_binding()</c>.</summary>
    /// <param name="type"><c>tls-server-end-point</c>, <c>tls-unique</c> or <c>tls-exporter</c>.</param>
    /// <returns>The bytes, or <see langword="null"/> where there are none: before the handshake is done, for <c>tls-unique</c> over TLS 1.3 (RFC 9266), for <c>tls-server-end-point</c> of a
    /// certificate whose signature has no single hash (RSA-PSS, Ed25519), and for <c>tls-exporter</c>, which .NET does not offer.</returns>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    public byte[]? GetChannelBinding(string type = "tls-unique")
    {
        ArgumentNullException.ThrowIfNull(type);
        return type switch
        {
            "tls-server-end-point" => ServerCertificate is { } certificate ? ChannelBindingBytes.HashServerEndPoint(certificate) : null,
            "tls-unique" => Version is "TLSv1.2" ? ChannelBindingBytes.ReadUnique(_ssl) : null,
            "tls-exporter" => null,
            _ => throw new ArgumentException($"There is no channel binding '{type}'; there are tls-server-end-point, tls-unique and tls-exporter.", nameof(type)),
        };
    }
}
