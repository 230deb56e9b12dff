using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Http;

/// <summary>Ways around the verification through what a handler lets a program do: an untrusted server must get no request.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Handlers dispose what they have.")]
internal sealed class HandlerBypassTests
{
    private const string Client = "a client";
    private const string Host = HandshakePki.UnknownCa;

    private static readonly Uri s_url = new($"https://{Host}/");

    private static IEnumerable<TestCaseData> Handlers()
    {
        yield return Handler("a connection that was authenticated in another way", Host, port => new SocketsHttpHandler
        {
            ConnectCallback = async (_, c) => await AuthenticateAsync(port, c),
        });
        yield return Handler("a connection that a context has verified for another host", Host, port => new SocketsHttpHandler
        {
            ConnectCallback = async (_, c) => await VerifyAnotherAsync(port, c),
        });
        yield return Handler("a filter that replaces a verified connection", HandshakePki.Trusted, port => new SocketsHttpHandler
        {
            ConnectCallback = async (_, c) => await TlsClient.OpenAsync(port, c),
            PlaintextStreamFilter = async (_, c) => await AuthenticateAsync(port, c),
        });
    }

    [TestCaseSource(nameof(Handlers))]
    [CancelAfter(30_000)]
    public async Task AddTruststore_HandlerThatBringsAnAuthenticatedStream_SendsNothing(
        string host, Func<int, SocketsHttpHandler> create, CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => create(port));
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        await AssertRefusedAsync(http, host, cancellationToken);
    }

    [TestCaseSource(nameof(Handlers))]
    [CancelAfter(30_000)]
    public async Task UseTruststore_HandlerThatBringsAnAuthenticatedStream_SendsNothing(
        string host, Func<int, SocketsHttpHandler> create, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(create(await PortAsync()).UseTruststore(TestContexts.Create()));

        await AssertRefusedAsync(http, host, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseTruststore_ConnectCallbackSetAfterwards_CannotBringAnAuthenticatedStream(CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        var handler = new SocketsHttpHandler().UseTruststore(TestContexts.Create());
        handler.ConnectCallback = async (_, c) => await AuthenticateAsync(port, c);
        using var http = new HttpClient(handler);

        await AssertRefusedAsync(http, Host, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseTruststore_FilterThatWrapsTheVerifiedStream_IsCalled(CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        var seen = new List<ChainVerificationResult?>();
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, c) => await TlsClient.OpenAsync(port, c),
            PlaintextStreamFilter = (filter, _) =>
            {
                seen.Add((filter.PlaintextStream as SslStream)?.GetVerification());
                return ValueTask.FromResult<Stream>(new BufferedStream(filter.PlaintextStream));
            },
        }.UseTruststore(TestContexts.Create()));

        var page = await http.GetStringAsync(new Uri($"https://{HandshakePki.Trusted}/"), cancellationToken);

        Assert.That(page, Is.EqualTo(HandshakePki.Trusted));
        Assert.That(seen.Select(v => v?.IsTrusted), Is.EqualTo(new bool?[] { true }));
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Change("the callback", h => h.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true);
        yield return Change("the options", h => h.SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true });
        yield return Change("the chain policy", h => h.SslOptions.CertificateChainPolicy = null);
        yield return Change("the filter", h => h.PlaintextStreamFilter = null);
    }

    [TestCaseSource(nameof(Changes))]
    [CancelAfter(30_000)]
    public async Task AddTruststore_HandlerChangedAfterTheClientWasBuilt_SendsNothing(
        Action<SocketsHttpHandler> change, CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        using var handler = new SocketsHttpHandler { ConnectCallback = async (_, c) => await TlsClient.OpenAsync(port, c) };
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        change(handler);

        using (Assert.EnterMultipleScope())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, s_url);
            Assert.That(() => http.Send(request, cancellationToken), Throws.InvalidOperationException.With.Message.Contains($"'{Client}'"));
            await AssertNotSentAsync(http, cancellationToken);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task AddTruststore_InnerHandlerReplacedAfterTheClientWasBuilt_SendsNothing(CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        var outer = new PassingHandler(new SocketsHttpHandler());
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => outer);
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        outer.InnerHandler = new SocketsHttpHandler { ConnectCallback = async (_, c) => await AuthenticateAsync(port, c) };

        await AssertNotSentAsync(http, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task AddTruststore_HandlerThatIsReturnedAgainAndAgain_IsVerifiedInEachClient(CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        using var handler = new SocketsHttpHandler { ConnectCallback = async (_, c) => await TlsClient.OpenAsync(port, c) };
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create());
        services.AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => handler);
        services.AddHttpClient("another").ConfigurePrimaryHttpMessageHandler(() => handler);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();

        foreach (var name in new[] { Client, "another" })
        {
            using var http = factory.CreateClient(name);
            await AssertNotTrustedAsync(http, cancellationToken);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task AddTruststore_OptionsThatHandlersShare_ProtectsEachAndLeavesTheOptionsAlone(CancellationToken cancellationToken)
    {
        var port = await PortAsync();
        var shared = new SslClientAuthenticationOptions { AllowTlsResume = false };
        var services = new ServiceCollection();
        foreach (var name in new[] { Client, "another" })
        {
            services.AddHttpClient(name).AddTruststore(TestContexts.Create())
                .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
                {
                    SslOptions = shared,
                    ConnectCallback = async (_, c) => await TlsClient.OpenAsync(port, c),
                });
        }

        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        foreach (var name in new[] { Client, "another" })
        {
            using var http = factory.CreateClient(name);
            await AssertNotTrustedAsync(http, cancellationToken);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shared.RemoteCertificateValidationCallback, Is.Null);
            Assert.That(shared.CertificateChainPolicy, Is.Null);
        }
    }

    private static Task<int> PortAsync() => RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[Host]);

    private static async Task<Stream> AuthenticateAsync(int port, CancellationToken cancellationToken)
    {
        var stream = new SslStream(await TlsClient.OpenAsync(port, cancellationToken));
        var options = TestContexts.CreateForAnyone().CreateOptions(Host);
        await stream.AuthenticateAsClientAsync(options, cancellationToken);
        return stream;
    }

    private static async Task<Stream> VerifyAnotherAsync(int port, CancellationToken cancellationToken)
    {
        var connection = await TlsClient.OpenAsync(port, cancellationToken);
        return await TestContexts.Create().WrapStreamAsync(connection, HandshakePki.Trusted, cancellationToken);
    }

    private static async Task AssertNotSentAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetStringAsync(s_url, cancellationToken));

        Assert.That(error!.Message, Does.Contain($"'{Client}'"));
    }

    private static async Task AssertRefusedAsync(HttpClient http, string host, CancellationToken cancellationToken)
    {
        var url = new Uri($"https://{host}/");
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(url, cancellationToken));

        Assert.That(error!.InnerException, Is.InstanceOf<InvalidOperationException>().With.Message.Contains("SslStream"));
    }

    private static async Task AssertNotTrustedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(s_url, cancellationToken));

        Assert.That((error!.InnerException as CertificateVerificationException)?.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    private static TestCaseData Handler(string name, string host, Func<int, SocketsHttpHandler> create) =>
        new TestCaseData(host, create).SetArgDisplayNames(name);

    private static TestCaseData Change(string name, Action<SocketsHttpHandler> change) => new TestCaseData(change).SetArgDisplayNames(name);
}
