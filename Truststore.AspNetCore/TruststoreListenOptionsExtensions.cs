using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Lets Kestrel serve TLS by a context.</summary>
public static class TruststoreListenOptionsExtensions
{
    /// <summary>Serves an endpoint by a context: its certificate, versions and protocols, and, where it asks clients for certificates, its verdict on them.</summary>
    /// <param name="listenOptions">The endpoint.</param>
    /// <param name="context">The context, for servers, with a certificate. It is frozen.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="InvalidOperationException">The context is a client's, has no certificate, or no TLS version is left.</exception>
    /// <remarks>
    /// <para><see cref="Truststore.TlsContext.SniCallback"/> is called for each connection. Without <see cref="Truststore.TlsContext.AlpnProtocols"/> of its own the context offers what <see cref="ListenOptions.Protocols"/> say.</para>
    /// <para>
    /// Where the context that serves a connection, which the callback may have chosen, has
    /// <see cref="Truststore.TlsContext.PostHandshakeAuth"/> and verifies clients, a request asks for the certificate by
    /// <c>HttpContext.Connection.GetClientCertificateAsync()</c>, over HTTP/1.1 and TLS 1.3.
    /// </para>
    /// </remarks>
    public static ListenOptions UseHttps(this ListenOptions listenOptions, Truststore.TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(listenOptions);
        ArgumentNullException.ThrowIfNull(context);
        _ = context.CreateServerOptionsSelector(); // Fails now what would fail each handshake.
        return listenOptions.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = connection =>
            {
                var chosen = context.ChooseByName(connection.ClientHelloInfo.ServerName);
                connection.AllowDelayedClientCertificateNegotation = chosen.AsksAfterHandshake;
                return ValueTask.FromResult(chosen.CreateServerOptionsOfThis());
            },
        });
    }
}
