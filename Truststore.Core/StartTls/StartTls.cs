using System.Net.Security;
using System.Security.Authentication;
using Truststore.Negotiation;

namespace Truststore;

/// <summary>Upgrades plaintext connections to TLS: STARTTLS and its kin.</summary>
/// <remarks>
/// There is no fallback to plaintext. What the server said before TLS is forgotten: ask for its capabilities again (RFC 3207 §4.2, RFC 9051 §6.2.1, RFC 2595 §4).
/// </remarks>
public static class StartTls
{
    /// <summary>Upgrades a connection that nothing has been read from or written to, and returns once the server is verified.</summary>
    /// <param name="stream">The connection; any duplex stream. On failure and on cancellation it is disposed of.</param>
    /// <param name="protocol">The protocol spoken on it.</param>
    /// <param name="context">The trust settings; is frozen.</param>
    /// <param name="host">The host that the server must prove to be, as in a URL; in XMPP the domain, see <see cref="StartTlsOptions.XmppDomain"/>.</param>
    /// <param name="options">How to upgrade; <see langword="null"/> for <see cref="StartTlsOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the upgrade, and the connection.</param>
    /// <returns>The encrypted stream; owns <paramref name="stream"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host name, <paramref name="stream"/> cannot be read and written, or <paramref name="protocol"/> is none. The stream is left alone.</exception>
    /// <exception cref="InvalidOperationException">The context's <see cref="TlsContext.MinimumVersion"/> is above its <see cref="TlsContext.MaximumVersion"/>, or it is a server's context. The stream is left alone.</exception>
    /// <exception cref="StartTlsException">The server does not upgrade, breaks the rules, or the TLS handshake failed; the reason says which.</exception>
    /// <exception cref="CertificateVerificationException">The server's certificate is rejected.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<SslStream> UpgradeAsync(
        Stream stream, StartTlsProtocol protocol, TlsContext context, string host, StartTlsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var session = Open(stream, protocol, host, options);
        var tlsOptions = CreateTlsOptions(context, session);
        return await session.RunAsync(
            async token =>
            {
                var plain = await NegotiateAsync(session, token).ConfigureAwait(false);
                return await WrapAsync(plain, session, context, tlsOptions, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The port on which servers of a protocol listen for connections to be upgraded.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <returns>The TCP port as registered with IANA.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is none.</exception>
    public static int GetDefaultPort(StartTlsProtocol protocol) => NegotiatorTable.Get(protocol).DefaultPort;

    /// <summary>Checks the arguments, and does nothing yet.</summary>
    internal static PlaintextSession Open(Stream stream, StartTlsProtocol protocol, string host, StartTlsOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var negotiator = NegotiatorTable.Get(protocol);
        if (!stream.CanRead || !stream.CanWrite)
        {
            throw new ArgumentException("The stream must be readable and writable.", nameof(stream));
        }

        options ??= StartTlsOptions.Default;
        var reference = ReferenceIdentifier.Parse(host);
        if (negotiator.UsesXmppDomain && options.XmppDomain is { } domain)
        {
            reference = ReferenceIdentifier.Parse(domain);
        }

        return new PlaintextSession(stream, protocol, reference, options);
    }

    /// <summary>The options for the TLS handshake of a session. PostgreSQL has an application protocol of its own, so that no other server can answer in its place.</summary>
    internal static SslClientAuthenticationOptions CreateTlsOptions(TlsContext context, PlaintextSession session)
    {
        var options = context.CreateOptions(session.Reference.Value);
        if (NegotiatorTable.Get(session.Protocol).ApplicationProtocol is { } application)
        {
            options.ApplicationProtocols = [application];
        }

        return options;
    }

    /// <summary>Speaks plaintext up to the server's go-ahead.</summary>
    /// <returns>The connection, on which only TLS can follow.</returns>
    internal static async Task<Stream> NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        await NegotiatorTable.Get(session.Protocol).Negotiator.NegotiateAsync(session, cancellationToken).ConfigureAwait(false);
        return session.BeginTls();
    }

    private static async Task<SslStream> WrapAsync(Stream plain, PlaintextSession session, TlsContext context, SslClientAuthenticationOptions options, CancellationToken cancellationToken)
    {
        SslStream? tls = null;
        try
        {
            tls = await context.WrapStreamAsync(plain, session.Reference, options, cancellationToken).ConfigureAwait(false);
            session.CheckApplicationProtocol(tls.NegotiatedApplicationProtocol);
            return tls;
        }
        catch (Exception error) when (error is (AuthenticationException or IOException) and not (CertificateVerificationException or StartTlsException))
        {
            throw session.HandshakeFailed(error);
        }
        catch (StartTlsException) when (tls is not null)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
