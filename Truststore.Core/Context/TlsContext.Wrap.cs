using System.Net.Security;
using System.Security.Cryptography;
using Truststore.Streams;

namespace Truststore;

/// <content>TLS over other streams, and over none.</content>
public sealed partial class TlsContext
{
    /// <summary>Makes one side of a TLS connection without I/O: this context's. Python: <c>wrap_bio(incoming, outgoing, server_side, server_hostname)</c>. Freezes the context.</summary>
    /// <param name="incoming">Where the program writes what the peer sends.</param>
    /// <param name="outgoing">Where the program reads what is to be sent to the peer.</param>
    /// <param name="host">The host that the server must prove to be; <see langword="null"/> on a server.</param>
    /// <returns>The connection, which has not begun to shake hands.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host name; or is missing where names are checked; or is given on a server; or the two queues are one.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="CreateOptions"/> and <see cref="CreateServerOptions"/>.</exception>
    public TlsObject WrapBio(MemoryBio incoming, MemoryBio outgoing, string? host = null)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        ArgumentNullException.ThrowIfNull(outgoing);
        if (incoming == outgoing)
        {
            throw new ArgumentException("What comes in and what goes out must be two queues.", nameof(outgoing));
        }

        var reference = RequireHost(host);

        // Made now, so that what is wrong with them fails here and not in the handshake.
        var clientOptions = Role == TlsRole.Client ? CreateOptions(host) : null;
        var serverOptions = Role == TlsRole.Server ? CreateServerOptionsOfThis() : null;
        return new TlsObject(this, incoming, outgoing, reference, clientOptions, serverOptions);
    }

    /// <summary>Shakes hands as a client over any duplex stream, for example one that a STARTTLS command has made ready. Python: <c>wrap_socket()</c>. Freezes the context.</summary>
    /// <param name="stream">The stream; closed with the result, and when this fails or is cancelled.</param>
    /// <param name="host">The host that the server must prove to be; <see langword="null"/> only where <see cref="CheckHostname"/> is off.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    /// <returns>The encrypted stream; the server is verified.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host name, or is missing where names are checked.</exception>
    /// <exception cref="CertificateVerificationException">The server's chain is not trusted.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peers cannot agree.</exception>
    /// <exception cref="IOException">The stream ended or failed.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="CreateOptions"/>.</exception>
    public Task<SslStream> WrapStreamAsync(Stream stream, string? host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireRole(TlsRole.Client, nameof(WrapStreamAsync));
        return WrapAsync(stream, RequireHost(host), cancellationToken);
    }

    /// <summary>Shakes hands as a server over any duplex stream. Python: <c>wrap_socket(server_side=True)</c>. Freezes the context.</summary>
    /// <param name="stream">The stream; closed with the result, and when this fails or is cancelled.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    /// <returns>The encrypted stream; the client is verified as <see cref="VerifyMode"/> says.</returns>
    /// <exception cref="CertificateVerificationException">The client's chain is not trusted.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peers cannot agree.</exception>
    /// <exception cref="IOException">The stream ended or failed.</exception>
    /// <exception cref="InvalidOperationException">See <see cref="CreateServerOptions"/>.</exception>
    public Task<SslStream> WrapServerStreamAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireRole(TlsRole.Server, nameof(WrapServerStreamAsync));
        return WrapAsync(stream, reference: null, cancellationToken);
    }

    /// <summary>As <see cref="WrapStreamAsync(Stream, string?, CancellationToken)"/>, with options that <see cref="CreateOptions"/> made and a protocol may have added to.</summary>
    internal Task<SslStream> WrapStreamAsync(Stream stream, ReferenceIdentifier reference, SslClientAuthenticationOptions options, CancellationToken cancellationToken) =>
        WrapAsync(stream, reference, cancellationToken, options);

    /// <summary>Shakes hands in this context's role.</summary>
    /// <param name="ssl">The stream.</param>
    /// <param name="reference">Whom a client wants.</param>
    /// <param name="cancellationToken">Cancels the handshake.</param>
    /// <param name="clientOptions">A client's options; <see langword="null"/> for those of <see cref="CreateOptions"/>.</param>
    /// <param name="serverOptions">A server's options where no <see cref="SniCallback"/> chooses them; <see langword="null"/> for those of <see cref="CreateServerOptions"/>.</param>
    internal async Task AuthenticateAsync(SslStream ssl, ReferenceIdentifier? reference, CancellationToken cancellationToken, SslClientAuthenticationOptions? clientOptions = null, SslServerAuthenticationOptions? serverOptions = null)
    {
        Exception? ownFailure = null;
        try
        {
            if (Role == TlsRole.Client)
            {
                await ssl.AuthenticateAsClientAsync(clientOptions ?? CreateOptions(reference?.Value), cancellationToken).ConfigureAwait(false);
            }
            else if (SniCallback is null)
            {
                await ssl.AuthenticateAsServerAsync(serverOptions ?? CreateServerOptions(), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await ssl.AuthenticateAsServerAsync(Watch(CreateServerOptionsSelector(), error => ownFailure = error), state: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CryptographicException error) when (error != ownFailure)
        {
            throw Reject(
                FailureReason.MalformedCertificate,
                $"the peer sent a certificate that .NET cannot process ({error.Message.TrimEnd('.')}), so that the handshake failed before the chain could be verified.",
                reference,
                error);
        }
        catch (HandshakeTooLargeException error)
        {
            throw Reject(
                FailureReason.HandshakeTooLarge,
                $"the peer sent more than {Limits.MaxHandshakeSize} bytes before the end of the handshake (VerificationLimits.MaxHandshakeSize).",
                reference,
                error);
        }
    }

    private async Task<SslStream> WrapAsync(Stream stream, ReferenceIdentifier? reference, CancellationToken cancellationToken, SslClientAuthenticationOptions? clientOptions = null)
    {
        var allowance = new HandshakeAllowance(Limits.MaxHandshakeSize);
        var ssl = new SslStream(new HandshakeStream(stream, allowance), leaveInnerStreamOpen: false);
        try
        {
            await AuthenticateAsync(ssl, reference, cancellationToken, clientOptions).ConfigureAwait(false);
            allowance.Lift();
            return ssl;
        }
        catch
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What fails in the program's own callback is no fault of the peer's certificates.</summary>
    private static ServerOptionsSelectionCallback Watch(ServerOptionsSelectionCallback selector, Action<Exception> onFailure) => (stream, clientHello, state, cancellationToken) =>
    {
        try
        {
            return selector(stream, clientHello, state, cancellationToken);
        }
        catch (Exception error)
        {
            onFailure(error);
            throw;
        }
    };

    private ReferenceIdentifier? RequireHost(string? host)
    {
        if (Role == TlsRole.Server)
        {
            return host is null ? null : throw new ArgumentException("A server has no host to check: clients say whom they want.", nameof(host));
        }

        if (host is null && CheckHostname && VerifyMode != TlsVerifyMode.None)
        {
            throw new ArgumentException("The host is missing, and TlsContext.CheckHostname wants the server's certificate to be for it. Name the host that the program was asked to connect to.", nameof(host));
        }

        return host is null ? null : ReferenceIdentifier.Parse(host);
    }

    /// <summary>The verdict on a peer whose chain never reached the verifier: SslStream decodes and builds a chain by .NET before it calls the callback.</summary>
    private CertificateVerificationException Reject(FailureReason reason, string message, ReferenceIdentifier? reference, Exception cause) =>
        new(ChainVerificationResult.Rejected(CreateRequest([]), [new VerificationFailure(reason, message)], []), reference, cause);
}
