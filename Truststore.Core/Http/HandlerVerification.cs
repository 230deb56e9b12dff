using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Truststore;

/// <summary>A context's verification in one handler. It is found there again, and it is noticed when a part of it is gone.</summary>
/// <remarks>
/// The handler performs its handshakes by <see cref="SocketsHttpHandler.SslOptions"/>, but uses a stream that its
/// ConnectCallback has authenticated already as it is. The validation callback therefore marks each stream that it has
/// verified, and the filter, which sees each connection before the first request, lets no other <see cref="SslStream"/> pass.
/// </remarks>
internal sealed class HandlerVerification
{
    private static readonly Lock s_lock = new();
    private static readonly ConditionalWeakTable<SocketsHttpHandler, HandlerVerification> s_handlers = [];
    private static readonly ConditionalWeakTable<SslStream, HandlerVerification> s_streams = [];

    private readonly TlsContext _context;
    private readonly SslClientAuthenticationOptions _options;
    private readonly X509ChainPolicy? _chainPolicy;
    private readonly RemoteCertificateValidationCallback _verify;
    private readonly RemoteCertificateValidationCallback _callback;
    private readonly Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>> _filter;
    private readonly Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>? _ownFilter;

    private HandlerVerification(SocketsHttpHandler handler, TlsContext context)
    {
        _context = context;

        // A copy: options may be shared with handlers that are to verify in another way.
        _options = (SslClientAuthenticationOptions)MemberwiseCloneOf(handler.SslOptions);
        _options.TargetHost = null; // The handler sets it for each host, and for each proxy.
        context.ApplyTo(_options);
        _chainPolicy = _options.CertificateChainPolicy;
        _verify = _options.RemoteCertificateValidationCallback!;
        _callback = Verify;
        _options.RemoteCertificateValidationCallback = _callback;
        _ownFilter = handler.PlaintextStreamFilter;
        _filter = FilterAsync;
    }

    /// <summary>Puts a context's verification into a handler, unless it is there already.</summary>
    /// <exception cref="InvalidOperationException">The handler verifies in another way, or has sent a request.</exception>
    internal static HandlerVerification Install(SocketsHttpHandler handler, TlsContext context)
    {
        lock (s_lock)
        {
            if (s_handlers.TryGetValue(handler, out var installed))
            {
                return installed.RequireFor(handler, context);
            }

            if (OwnVerification(handler.SslOptions) is { } own)
            {
                throw new InvalidOperationException(
                    $"SocketsHttpHandler.SslOptions has a verification of its own ({own}), which UseTruststore would replace: remove it, "
                    + "or do without UseTruststore. To accept certain certificates besides, load them by TlsContext.LoadVerifyLocations.");
            }

            // A handler that has sent a request throws at the first assignment, and nothing is remembered.
            var verification = new HandlerVerification(handler, context);
            handler.SslOptions = verification._options;
            handler.PlaintextStreamFilter = verification._filter;
            s_handlers.Add(handler, verification);
            return verification;
        }
    }

    /// <summary>Whether the handler still has everything that makes it verify by the context.</summary>
    internal bool IsIn(SocketsHttpHandler handler) =>
        ReferenceEquals(handler.SslOptions, _options)
        && ReferenceEquals(_options.RemoteCertificateValidationCallback, _callback)
        && ReferenceEquals(_options.CertificateChainPolicy, _chainPolicy)
        && ReferenceEquals(handler.PlaintextStreamFilter, _filter);

    private HandlerVerification RequireFor(SocketsHttpHandler handler, TlsContext context)
    {
        if (!ReferenceEquals(_context, context))
        {
            throw new InvalidOperationException(
                "The SocketsHttpHandler verifies by another TlsContext already, and a handler has one: make a handler for each context.");
        }

        return IsIn(handler)
            ? this
            : throw new InvalidOperationException(
                "SocketsHttpHandler.SslOptions or PlaintextStreamFilter was changed after UseTruststore: configure the handler first.");
    }

    /// <summary>Which of the options decides about the peer's certificates, or asks whether they are revoked.</summary>
    private static string? OwnVerification(SslClientAuthenticationOptions options) => options switch
    {
        { RemoteCertificateValidationCallback: not null } => nameof(options.RemoteCertificateValidationCallback),
        { CertificateChainPolicy: not null } => nameof(options.CertificateChainPolicy),
        { CertificateRevocationCheckMode: not X509RevocationMode.NoCheck } => nameof(options.CertificateRevocationCheckMode),
        _ => null,
    };

    // Protected and not private: every runtime has it, and it copies also what the options of later runtimes have.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object MemberwiseCloneOf(object target);

    private bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors policyErrors)
    {
        if (!_verify(sender, certificate, chain, policyErrors))
        {
            return false;
        }

        if (sender is SslStream stream)
        {
            s_streams.AddOrUpdate(stream, this);
        }

        return true;
    }

    private async ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext connection, CancellationToken cancellationToken)
    {
        var stream = connection.PlaintextStream;
        if (stream is SslStream authenticated && !HasVerified(authenticated))
        {
            throw new InvalidOperationException(
                "SocketsHttpHandler.ConnectCallback returned an SslStream, which the handler's TlsContext has not verified: "
                + "return the connection without TLS, and the handler performs the handshake.");
        }

        var filtered = _ownFilter is null ? stream : await _ownFilter(connection, cancellationToken).ConfigureAwait(false);
        return filtered is SslStream && !ReferenceEquals(filtered, stream)
            ? throw new InvalidOperationException(
                "SocketsHttpHandler.PlaintextStreamFilter returned another SslStream, which the handler's TlsContext has not verified: "
                + "return the stream that it was given, or one around it.")
            : filtered;
    }

    private bool HasVerified(SslStream stream) => s_streams.TryGetValue(stream, out var by) && ReferenceEquals(by, this);
}
