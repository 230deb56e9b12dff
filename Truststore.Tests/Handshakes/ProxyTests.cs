using System.Net;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>An HTTPS proxy is a server too: HttpClient checks it by the same options, by its own name.</summary>
internal sealed class ProxyTests
{
    private static readonly ServerScenario s_server = HandshakePki.Instance[HandshakePki.Trusted];

    [TestCase(HandshakePki.ManyNames, HandshakePki.Trusted, null, null)]
    [TestCase(HandshakePki.ManyNames, HandshakePki.Expired, HandshakePki.Expired, FailureReason.Expired)]
    [TestCase(HandshakePki.WrongHost, HandshakePki.Trusted, HandshakePki.WrongHost, FailureReason.HostnameMismatch)]
    [TestCase(HandshakePki.UnknownCa, HandshakePki.Trusted, HandshakePki.UnknownCa, FailureReason.IssuerNotFound)]
    [CancelAfter(30_000)]
    public async Task HttpClient_OverAnHttpsProxy_ChecksBoth(string proxyHost, string host, string? rejectedHost, FailureReason? expected, CancellationToken cancellationToken)
    {
        using var proxy = new HttpsProxy(HandshakePki.Instance[proxyHost], await RealServers.PortOfAsync(ServerProgram.Kestrel, s_server));
        using var http = new LoopbackHttpClient(TestContexts.Create(), proxy.Port, handler =>
        {
            handler.Proxy = new WebProxy(new Uri($"https://{proxyHost}/"));
            handler.UseProxy = true;
        });
        var serving = proxy.ServeAsync(cancellationToken);

        if (expected is null)
        {
            Assert.That(await http.GetAsync(host, cancellationToken), Is.EqualTo(host));
        }
        else
        {
            var error = await http.GetRejectedAsync(host, cancellationToken);
            Assert.That(error.Reason, Is.EqualTo(expected));
            Assert.That(error.ReferenceIdentifier!.Value, Is.EqualTo(rejectedHost));
        }

        http.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
