using System.Net.Security;

namespace Truststore;

/// <content>The server's side.</content>
public sealed partial class TlsContext
{
    /// <summary>Which side of a handshake the context is for. Python: <c>protocol</c>.</summary>
    /// <value>The default is <see cref="TlsRole.Client"/>.</value>
    public TlsRole Role { get; }

    /// <summary>Chooses another context by the host name that a client asks for (SNI, RFC 6066 §3). Python: <c>sni_callback</c>.</summary>
    /// <value>
    /// Called with the name, or <see langword="null"/> where the client sends none; returns the context of <see cref="TlsRole.Server"/> to go on with, or <see langword="null"/> for this one.
    /// An exception ends the handshake. The default is <see langword="null"/>.
    /// </value>
    /// <exception cref="InvalidOperationException">The context is frozen, or is a client's.</exception>
    /// <remarks>The other context counts wholly: its certificate, protocols and verification. Its own callback is not called. Use <see cref="CreateServerOptionsSelector"/>.</remarks>
    public Func<string?, TlsContext?>? SniCallback
    {
        get;
        set => Change(() =>
        {
            RequireRole(TlsRole.Server, nameof(SniCallback));
            field = value;
        });
    }

    /// <summary>
    /// Whether clients are asked for their certificate only after the handshake, when the server calls <see cref="SslStreamExtensions.VerifyClientPostHandshakeAsync"/> (TLS 1.3, RFC 8446 §4.6.2).
    /// Python: <c>post_handshake_auth</c>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: they are asked in the handshake, unless <see cref="VerifyMode"/> is <see cref="TlsVerifyMode.None"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen, or is a client's: clients answer such questions anyway when they have a certificate.</exception>
    public bool PostHandshakeAuth
    {
        get;
        set => Change(() =>
        {
            RequireRole(TlsRole.Server, nameof(PostHandshakeAuth));
            field = value;
        });
    }

    /// <summary>Makes the options for a TLS server: <see cref="SslStream.AuthenticateAsServerAsync(SslServerAuthenticationOptions, CancellationToken)"/>. Freezes the context.</summary>
    /// <returns>New options; the caller may change what does not concern trust.</returns>
    /// <exception cref="InvalidOperationException">
    /// The context is a client's, has no certificate, has a <see cref="SniCallback"/> (which these options have no place for), or <see cref="MinimumVersion"/> is above <see cref="MaximumVersion"/>.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException"><see cref="MinimumVersion"/> is TLS 1.3, which .NET does not speak as a server on macOS.</exception>
    public SslServerAuthenticationOptions CreateServerOptions() => SniCallback is null
        ? CreateServerOptionsOfThis()
        : throw new InvalidOperationException("TlsContext.SniCallback is set, and options alone cannot call it: use CreateServerOptionsSelector().");

    /// <summary>Makes the callback that gives a TLS server its options once the client has said whom it wants; calls <see cref="SniCallback"/>. Freezes the context.</summary>
    /// <returns>The callback for <see cref="SslStream.AuthenticateAsServerAsync(ServerOptionsSelectionCallback, object?, CancellationToken)"/>; its state is not used.</returns>
    /// <exception cref="InvalidOperationException">See <see cref="CreateServerOptions"/>.</exception>
    public ServerOptionsSelectionCallback CreateServerOptionsSelector()
    {
        _ = CreateServerOptionsOfThis(); // Fails now what would fail each handshake.
        return (_, clientHello, _, _) => ValueTask.FromResult(ChooseByName(clientHello.ServerName).CreateServerOptionsOfThis());
    }

    private TlsContext ChooseByName(string? serverName) => SniCallback?.Invoke(string.IsNullOrEmpty(serverName) ? null : serverName) ?? this;

    private SslServerAuthenticationOptions CreateServerOptionsOfThis()
    {
        RequireRole(TlsRole.Server, nameof(CreateServerOptions));
        if (_identity is null)
        {
            throw new InvalidOperationException("A TLS server needs a certificate: call TlsContext.LoadCertificateChain first.");
        }

        ProtocolSupport.Require(EnabledProtocols(), Role);
        MakeReadOnly();
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _identity.Context,
            EnabledSslProtocols = EnabledProtocols(),
            ClientCertificateRequired = VerifyMode != TlsVerifyMode.None && !PostHandshakeAuth,
            AllowRenegotiation = false,

            // A resumed session brings the client's identity along without the certificates that prove it.
            AllowTlsResume = AllowTlsResume && VerifyMode == TlsVerifyMode.None,
            CertificateChainPolicy = CreateNeutralPolicy(),
            RemoteCertificateValidationCallback = VerifyClient,
        };
        if (_alpnProtocols.Count > 0)
        {
            options.ApplicationProtocols = [.. _alpnProtocols];
        }

        options.CipherSuitesPolicy = CreateCipherSuitesPolicy();
        return options;
    }

    private void RequireRole(TlsRole role, string member)
    {
        if (Role != role)
        {
            throw new InvalidOperationException(role == TlsRole.Server
                ? $"TlsContext.{member} is for servers, and this context is for clients: create one with TlsRole.Server."
                : $"TlsContext.{member} is for clients, and this context is for servers: create one with TlsRole.Client.");
        }
    }
}
