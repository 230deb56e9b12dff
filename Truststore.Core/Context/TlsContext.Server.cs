using System.Net.Security;
using System.Security.Authentication;

namespace Truststore;

/// <content>The server's side.</content>
public sealed partial class TlsContext
{
    /// <summary>Which side of a handshake the context is for. Python: <c>protocol</c>.</summary>
    /// <value>The default is <see cref="TlsRole.Client"/>.</value>
    public TlsRole Role { get; }

    /// <summary>Chooses another context by the host name that a client asks for (SNI, RFC 6066 §3). Python: <c>sni_callback</c>.</summary>
    /// <value>
    /// Called with the name; returns the context of <see cref="TlsRole.Server"/> to go on with, or <see langword="null"/> for
    /// this one. An exception ends the handshake. The default is <see langword="null"/>.
    /// </value>
    /// <exception cref="InvalidOperationException">The context is frozen, or is a client's.</exception>
    /// <remarks>
    /// <para>
    /// A name has one form, whatever the client's spelling: A-labels (<c>xn--...</c>) in lower case without a trailing dot,
    /// as <see cref="ReferenceIdentifier.Value"/>. It can be looked up as it is, and has no characters but letters, digits,
    /// hyphens, underscores and dots. It is <see langword="null"/>, and never empty, where the client sends no name, octets
    /// that .NET cannot decode, or an IP address, which is not a name (RFC 6066 §3). Any other text that is not a host name
    /// ends the handshake with an <see cref="AuthenticationException"/>, and the callback is not called.
    /// </para>
    /// <para>
    /// A client can ask for any name, and proves nothing by it. The other context counts wholly: its certificate, protocols
    /// and verification. Its own callback is not called. Use <see cref="CreateServerOptionsSelector"/>.
    /// </para>
    /// </remarks>
    public Func<string?, TlsContext?>? SniCallback
    {
        get;
        set
        {
            VerifyMutable();
            RequireRole(TlsRole.Server, nameof(SniCallback));
            field = value;
        }
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
        set
        {
            VerifyMutable();
            RequireRole(TlsRole.Server, nameof(PostHandshakeAuth));
            field = value;
        }
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

    /// <summary>Whether clients may be asked for their certificates after the handshake; never where no one would verify these.</summary>
    internal bool AsksAfterHandshake => PostHandshakeAuth && VerifyMode != TlsVerifyMode.None;

    /// <summary>The context for a connection; its options are those of <see cref="CreateServerOptionsOfThis"/>.</summary>
    /// <param name="serverName">The name as .NET read it from the ClientHello.</param>
    /// <exception cref="AuthenticationException">The name is not a host name.</exception>
    internal TlsContext ChooseByName(string? serverName) => SniCallback?.Invoke(CanonicalName(serverName)) ?? this;

    private static string? CanonicalName(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName))
        {
            return null;
        }

        var name = ReferenceIdentifier.TryRead(serverName, out var error)
            ?? throw new AuthenticationException($"The client asked for a server name (SNI, RFC 6066 §3) that is not a host name. {error}");
        return name.Kind == ReferenceIdentifierKind.DnsName ? name.Value : null;
    }

    internal SslServerAuthenticationOptions CreateServerOptionsOfThis()
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
