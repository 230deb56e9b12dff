using System.Net.Security;

namespace Truststore;

/// <summary>Lets HTTP clients judge servers by a context.</summary>
public static class SocketsHttpHandlerExtensions
{
    /// <summary>Lets a handler judge servers by a context. What the handler's <see cref="SocketsHttpHandler.SslOptions"/> say already about versions, protocols, ciphers and certificates stays.</summary>
    /// <param name="handler">A handler that has not sent anything yet.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The handler.</returns>
    /// <exception cref="InvalidOperationException">The handler has a verification of its own (a validation callback or a chain policy), which this would replace; or it was used already; or the context is a server's.</exception>
    /// <remarks>The same as <c>SslOptions = context.CreateOptions()</c> for a handler without options. HTTPS proxies are judged too. HTTP/3 connections are refused: QUIC does not say which host it connects to.</remarks>
    public static SocketsHttpHandler UseTruststore(this SocketsHttpHandler handler, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(context);
        var existing = handler.SslOptions;
        if (HasOwnVerification(existing))
        {
            throw new InvalidOperationException(
                "SocketsHttpHandler.SslOptions has a verification of its own (RemoteCertificateValidationCallback or CertificateChainPolicy), which UseTruststore would replace: remove the one or the other. To accept certain certificates besides, load them by TlsContext.LoadVerifyLocations.");
        }

        context.ApplyTo(existing);
        handler.SslOptions = existing;
        return handler;
    }

    /// <summary>Whether options verify in a way of their own.</summary>
    internal static bool HasOwnVerification(SslClientAuthenticationOptions options) => options.RemoteCertificateValidationCallback is not null || options.CertificateChainPolicy is not null;
}
