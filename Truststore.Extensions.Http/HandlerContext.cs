using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Extensions.Http;

/// <summary>Puts a context into the handler of a client.</summary>
internal static class HandlerContext
{
    internal static void Apply(HttpMessageHandler handler, TlsContext context, string? client)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        switch (handler)
        {
            case SocketsHttpHandler sockets when sockets.SslOptions is { RemoteCertificateValidationCallback: null, CertificateChainPolicy: null }:
                sockets.UseTruststore(context);
                break;
            case HttpClientHandler { ServerCertificateCustomValidationCallback: null } plain:
                plain.ServerCertificateCustomValidationCallback = Verify(context);
                break;
            case HttpClientHandler own when own.ServerCertificateCustomValidationCallback == HttpClientHandler.DangerousAcceptAnyServerCertificateValidator:
                throw new InvalidOperationException($"The HTTP client '{client}' accepts every certificate (DangerousAcceptAnyServerCertificateValidator) and is to use Truststore: remove the one or the other (RemoveTruststore() on the client's builder).");
        }
    }

    // HttpClientHandler hides its options: only the callback is left, which knows the host from the request.
    private static Func<HttpRequestMessage, X509Certificate2?, X509Chain?, SslPolicyErrors, bool> Verify(TlsContext context) =>
        (request, certificate, chain, errors) => context.CreateValidationCallback(HostOf(request))(request, certificate, chain, errors);

    /// <summary>The host that the handler connects to: that of the Host header goes first, as in the handler itself.</summary>
    private static string? HostOf(HttpRequestMessage request) =>
        request.Headers.Host is { Length: > 0 } header && Uri.TryCreate("https://" + header, UriKind.Absolute, out var uri) ? uri.IdnHost : request.RequestUri?.IdnHost;
}
