using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Http;

/// <summary>
/// An attacker on the path holds a handshake with the victim's host open, has the request that opened the connection redirected
/// to a site of his own, and then finishes the handshake with that site's certificate. A handler that takes the name from the
/// request puts the connection into the pool of the victim's host.
/// </summary>
[SuppressMessage(
    "Reliability",
    "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed",
    Justification = "They are awaited.")]
internal sealed class RedirectAttackTests
{
    private const string Client = "a client";
    private const string Victim = "victim.redirect.example.com";
    private const string Attacker = "attacker.redirect.example.com";
    private const string Secret = "a secret of the victim";

    private static IEnumerable<TestCaseData> Handlers()
    {
        yield return Case("SocketsHttpHandler", proxy => new SocketsHttpHandler { Proxy = proxy }, isRefused: false);
        yield return Case("HttpClientHandler", CreateByRequest, isRefused: true);
    }

    [TestCaseSource(nameof(Handlers))]
    [CancelAfter(30_000)]
    public async Task SendAsync_RedirectWhileAHandshakeIsHeldOpen_GivesTheAttackerNothing(
        Func<IWebProxy, HttpMessageHandler> create, bool isRefused, CancellationToken cancellationToken)
    {
        using var network = new HostileNetwork();
        var verdicts = Channel.CreateUnbounded<ChainVerificationResult>();
        await using var provider = Register(() => create(network.Proxy), verdicts.Writer);
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        if (isRefused)
        {
            Assert.That(() => factory.CreateClient(Client), Throws.InvalidOperationException.With.Message.Contains("HttpClientHandler"));
            return;
        }

        using var http = factory.CreateClient(Client);
        var held = await PrepareAsync(http, network, cancellationToken);
        var honest = await verdicts.Reader.ReadAsync(cancellationToken);

        // The last step. The secret is sent as soon as there is a verdict on the attacker.
        var stealing = HostileNetwork.StealAsync(held, HandshakePki.Instance.Issue(Attacker), cancellationToken);
        var verdict = await verdicts.Reader.ReadAsync(cancellationToken);
        var sending = SendSecretAsync(http, network, cancellationToken);
        Assert.That(await stealing, Is.Null);
        var (host, request) = await sending;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(honest.IsTrusted);
            Assert.That(verdict.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.HostnameMismatch }));
            Assert.That(host, Is.EqualTo(Victim));
            Assert.That(request, Does.Contain(Secret));
        }
    }

    /// <summary>Why the other handler is refused: what it lets a callback know is the request.</summary>
    [Test]
    [CancelAfter(30_000)]
    public async Task SendAsync_CallbackThatTakesTheNameFromTheRequest_GivesTheAttackerTheSecret(CancellationToken cancellationToken)
    {
        using var network = new HostileNetwork();
        using var handler = CreateByRequest(network.Proxy);
        using var http = new HttpClient(handler);
        var held = await PrepareAsync(http, network, cancellationToken);

        var stealing = HostileNetwork.StealAsync(held, HandshakePki.Instance.Issue(Attacker), cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{Victim}/"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        _ = http.SendAsync(request, cancellationToken);

        Assert.That(await stealing, Does.Contain(Secret));
    }

    private static HttpClientHandler CreateByRequest(IWebProxy proxy)
    {
        var context = TestContexts.Create();
        return new HttpClientHandler
        {
            Proxy = proxy,
            ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) =>
                context.CreateValidationCallback(request.RequestUri!.IdnHost)(request, certificate, chain, errors),
        };
    }

    private static ServiceProvider Register(Func<HttpMessageHandler> create, ChannelWriter<ChainVerificationResult> verdicts)
    {
        var context = TestContexts.Create();
        context.VerificationObserver = verdict => verdicts.TryWrite(verdict);
        var services = new ServiceCollection();
        services.AddTruststore(context).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(create);
        return services.BuildServiceProvider();
    }

    /// <summary>Everything up to the last step of the attack.</summary>
    /// <returns>The connection to the victim's host on which the handshake is held open.</returns>
    private static async Task<Stream> PrepareAsync(HttpClient http, HostileNetwork network, CancellationToken cancellationToken)
    {
        var first = http.GetStringAsync(new Uri($"https://{Victim}/slow"), cancellationToken);
        var (_, connection) = await network.AcceptAsync(cancellationToken);
        await using var honest = await HostileNetwork.ServeAsync(connection, Victim, cancellationToken);
        await HostileNetwork.ReadHeadAsync(honest, cancellationToken);

        // The first connection is busy: this request opens another one, which the attacker holds.
        _ = http.GetAsync(new Uri($"https://{Victim}/redirect"), cancellationToken);
        var (host, held) = await network.AcceptAsync(cancellationToken);
        Assert.That(host, Is.EqualTo(Victim));

        // The first connection is free again and takes the second request, which is redirected.
        await HostileNetwork.WriteAsync(honest, "HTTP/1.1 200 OK\r\nContent-Length: 0", cancellationToken);
        await first;
        await HostileNetwork.ReadHeadAsync(honest, cancellationToken);
        var redirect = $"HTTP/1.1 302 Found\r\nLocation: https://{Attacker}/\r\nContent-Length: 0\r\nConnection: close";
        await HostileNetwork.WriteAsync(honest, redirect, cancellationToken);

        // Once the client asks for the attacker's site the request names that site.
        Assert.That((await network.AcceptAsync(cancellationToken)).Host, Is.EqualTo(Attacker));
        return held;
    }

    private static async Task<(string Host, string Request)> SendSecretAsync(
        HttpClient http, HostileNetwork network, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{Victim}/"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        var sending = http.SendAsync(request, cancellationToken);
        var (host, connection) = await network.AcceptAsync(cancellationToken);
        await using var honest = await HostileNetwork.ServeAsync(connection, Victim, cancellationToken);
        var received = await HostileNetwork.ReadHeadAsync(honest, cancellationToken);
        await HostileNetwork.WriteAsync(honest, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close", cancellationToken);
        using var response = await sending;
        return (host, received);
    }

    private static TestCaseData Case(string name, Func<IWebProxy, HttpMessageHandler> create, bool isRefused) =>
        new TestCaseData(create, isRefused).SetArgDisplayNames(name);
}
