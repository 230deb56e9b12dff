using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Http;

/// <summary>An impostor in the place of an HTTPS proxy, who wants the proxy's password.</summary>
internal sealed class ImpostorProxyTests
{
    private const string Client = "a client";
    private const string ProxyHost = "localhost";

    private static IEnumerable<TestCaseData> Impostors()
    {
        var target = HandshakePki.Instance[HandshakePki.Trusted].Server;
        var stranger = HandshakePki.Instance.StrangerCa.IssueServer(ProxyHost);
        yield return Case("a certificate for the target", target, Sockets, FailureReason.HostnameMismatch);
        yield return Case("a certificate that no one trusts", stranger, Sockets, FailureReason.IssuerNotFound);
        yield return Case("a handler that checks by the target's name", target, p => new HttpClientHandler { Proxy = p }, expected: null);
    }

    [TestCaseSource(nameof(Impostors))]
    [CancelAfter(30_000)]
    public async Task GetAsync_ImpostorOfAnHttpsProxy_IsRejectedByTheNameOfTheProxy(
        IssuedCertificate impostor,
        Func<IWebProxy, HttpMessageHandler> create,
        FailureReason? expected,
        CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var proxy = new WebProxy(new Uri($"https://{ProxyHost}:{((IPEndPoint)listener.LocalEndpoint).Port}/"))
        {
            Credentials = new NetworkCredential("user", "the password of the proxy"),
        };
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => create(proxy));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        if (expected is null)
        {
            Assert.That(() => factory.CreateClient(Client), Throws.InvalidOperationException);
            return;
        }

        using var http = factory.CreateClient(Client);
        var sending = http.GetStringAsync(new Uri($"https://{HandshakePki.Trusted}/"), cancellationToken);
        using var socket = await listener.AcceptSocketAsync(cancellationToken);
        await using var connection = new NetworkStream(socket);
        var stolen = await HostileNetwork.StealAsync(connection, impostor, cancellationToken);
        var error = (await Assert.ThrowsAsync<HttpRequestException>(() => sending))!.InnerException as CertificateVerificationException;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stolen, Is.Null);
            Assert.That((error?.Reason, error?.ReferenceIdentifier?.Value), Is.EqualTo((expected, ProxyHost)));
        }
    }

    private static SocketsHttpHandler Sockets(IWebProxy proxy) => new() { Proxy = proxy };

    private static TestCaseData Case(
        string name, IssuedCertificate impostor, Func<IWebProxy, HttpMessageHandler> create, FailureReason? expected) =>
        new TestCaseData(impostor, create, expected).SetArgDisplayNames(name);
}
