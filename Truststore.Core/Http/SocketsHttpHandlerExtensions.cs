namespace Truststore;

/// <summary>Lets HTTP clients verify servers by a context.</summary>
public static class SocketsHttpHandlerExtensions
{
    /// <summary>
    /// Lets a handler verify servers by a context. What the handler's <see cref="SocketsHttpHandler.SslOptions"/> say
    /// already about versions, protocols, ciphers and certificates stays.
    /// </summary>
    /// <param name="handler">A handler that has not sent anything yet.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The handler.</returns>
    /// <exception cref="InvalidOperationException">
    /// The handler has a verification of its own (a validation callback, a chain policy, a revocation mode), which this
    /// would replace; or another context; or it was used already; or the context is a server's.
    /// </exception>
    /// <remarks>
    /// <para>
    /// Configure the handler first: it gets a copy of its options, and later changes to the original have no effect.
    /// Calling this again with the same context changes nothing.
    /// </para>
    /// <para>
    /// Each connection is verified by the name of the host that it leads to, HTTPS proxies by theirs, whatever becomes of
    /// the request that opened it.
    /// </para>
    /// <para>
    /// A <see cref="SocketsHttpHandler.ConnectCallback"/> that returns an <see cref="System.Net.Security.SslStream"/>, and
    /// a <see cref="SocketsHttpHandler.PlaintextStreamFilter"/> that returns another one than it was given, fail the
    /// request: the context has not verified them. HTTP/3 connections are refused: QUIC does not say which host it
    /// connects to.
    /// </para>
    /// </remarks>
    public static SocketsHttpHandler UseTruststore(this SocketsHttpHandler handler, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(context);
        HandlerVerification.Install(handler, context);
        return handler;
    }
}
