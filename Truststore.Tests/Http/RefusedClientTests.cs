using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Http;

/// <summary>Clients that a context cannot protect are not built: the error names the client, what is in the way, and the way out.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The factory disposes what it has built.")]
internal sealed class RefusedClientTests
{
    private const string Client = "a client";

    private static IEnumerable<TestCaseData> PrimaryHandlers()
    {
        const string plain = "System.Net.Http.HttpClientHandler";
        yield return Handler("HttpClientHandler", () => new HttpClientHandler(), plain);
        var acceptsAnyone = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        yield return Handler("HttpClientHandler that accepts anyone", () => WithCallback(acceptsAnyone), plain);
        yield return Handler("HttpClientHandler with a callback of its own", () => WithCallback((_, _, _, _) => false), plain);
        yield return Handler("derived from HttpClientHandler", () => new DerivedHandler(), nameof(DerivedHandler));
        yield return Handler("an unknown handler", () => new UnknownHandler(), nameof(UnknownHandler));
        yield return Handler("HttpClientHandler behind a DelegatingHandler", () => new PassingHandler(new HttpClientHandler()), plain);
        yield return Handler("an unknown one behind another", () => new PassingHandler(new UnknownHandler()), nameof(UnknownHandler));
        yield return Handler("a DelegatingHandler without an inner one", () => new PassingHandler(), nameof(PassingHandler));

        const string callback = nameof(SslClientAuthenticationOptions.RemoteCertificateValidationCallback);
        var everyone = TestContexts.CreateForAnyone();
        yield return Options("a callback of its own", o => o.RemoteCertificateValidationCallback = (_, _, _, _) => true, callback);
        yield return Options("a chain policy of its own", o => o.CertificateChainPolicy = new X509ChainPolicy(), "CertificateChainPolicy");
        yield return Options("revocation checks", o => o.CertificateRevocationCheckMode = X509RevocationMode.Online, "RevocationCheckMode");
        yield return Options("what a context made that accepts everyone", everyone.ApplyTo, callback);
        yield return Handler("another context", () => new SocketsHttpHandler().UseTruststore(TestContexts.Create()), "another TlsContext");
        yield return Handler("a context for anyone", () => new SocketsHttpHandler().UseTruststore(everyone), "another TlsContext");
    }

    [TestCaseSource(nameof(PrimaryHandlers))]
    public async Task CreateClient_HandlerThatAContextCannotProtect_IsAnError(Func<HttpMessageHandler> create, string reason)
    {
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(create);
        await using var provider = services.BuildServiceProvider();

        AssertRefused(provider, reason);
    }

    [TestCaseSource(nameof(PrimaryHandlers))]
    public async Task CreateClient_ClientThatWasTakenOut_HasItsOwnHandler(Func<HttpMessageHandler> create, string reason)
    {
        _ = reason;
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(create).RemoveTruststore();
        await using var provider = services.BuildServiceProvider();

        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        Assert.That(http, Is.Not.Null);
    }

    [Test]
    public async Task CreateClient_KeyedClientThatAContextCannotProtect_IsAnError()
    {
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create());
        services.AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()).AddAsKeyed();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        var error = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredKeyedService<HttpClient>(Client));

        Assert.That(error!.Message, Does.Contain($"'{Client}'"));
    }

    [Test]
    public async Task CreateClient_HandlerOfTwoClientsWithTwoContexts_IsAnErrorForTheSecond()
    {
        using var shared = new SocketsHttpHandler();
        var services = new ServiceCollection();
        services.AddHttpClient("the first").AddTruststore(TestContexts.Create()).ConfigurePrimaryHttpMessageHandler(() => shared);
        services.AddHttpClient(Client).AddTruststore(TestContexts.Create()).ConfigurePrimaryHttpMessageHandler(() => shared);
        await using var provider = services.BuildServiceProvider();
        using var first = provider.GetRequiredService<IHttpClientFactory>().CreateClient("the first");

        AssertRefused(provider, "another TlsContext");
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateClient_HandlerThatHasSentARequest_IsAnErrorEachTime(CancellationToken cancellationToken)
    {
        // The factory gives handlers its meters, unless they have some: this one it does not touch.
        await using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var used = new SocketsHttpHandler { MeterFactory = meters.GetRequiredService<IMeterFactory>() };
        used.ConnectCallback = (_, _) => throw new IOException("There is no network.");
        using var before = new HttpClient(used, disposeHandler: false);
        await Assert.ThrowsAsync<HttpRequestException>(() => before.GetStringAsync(new Uri("https://a.example.com/"), cancellationToken));
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create());
        services.AddHttpClient("the first").ConfigurePrimaryHttpMessageHandler(() => used);
        services.AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => used);
        await using var provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient("the first"), Throws.InvalidOperationException);
        AssertRefused(provider, "already");
    }

    private static IEnumerable<TestCaseData> Replacements()
    {
        // Whatever comes last, and in whatever way, is what is looked at.
        yield return Registration("an action after AddTruststore", services =>
            services.Configure<HttpClientFactoryOptions>(Client, o => o.HttpMessageHandlerBuilderActions.Add(Replace)));
        yield return Registration("an action after all options", services =>
            Change(services, o => o.HttpMessageHandlerBuilderActions.Add(Replace)));
        yield return Registration("actions that were cleared", services => Change(services, o =>
        {
            o.HttpMessageHandlerBuilderActions.Clear();
            o.HttpMessageHandlerBuilderActions.Add(Replace);
        }));
        yield return Registration("the outermost filter", services =>
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new ReplacingFilter())));
        yield return Registration("the innermost filter", services =>
            services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new ReplacingFilter()));
        yield return Registration("an action that takes the name of a client that was taken out", services =>
        {
            services.AddHttpClient("taken out").RemoveTruststore();
            services.Configure<HttpClientFactoryOptions>(Client, o => o.HttpMessageHandlerBuilderActions.Add(b => b.Name = "taken out"));
            services.Configure<HttpClientFactoryOptions>(Client, o => o.HttpMessageHandlerBuilderActions.Add(Replace));
        });
        yield return Registration("a builder of the program's own", services =>
            services.AddTransient<HttpMessageHandlerBuilder>(_ => new OwnBuilder(new SocketsHttpHandler(), new HttpClientHandler())));
    }

    [TestCaseSource(nameof(Replacements))]
    public async Task CreateClient_HandlerThatIsReplacedAfterwards_IsAnError(Action<IServiceCollection> replace)
    {
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client);
        replace(services);
        await using var provider = services.BuildServiceProvider();

        AssertRefused(provider, "Truststore");
    }

    private static IEnumerable<TestCaseData> Builders()
    {
        yield return Builder("without a handler", primary: null, new SocketsHttpHandler(), "null");
        yield return Builder("with another handler", new SocketsHttpHandler(), new HttpClientHandler(), nameof(HttpClientHandler));
        yield return Builder("with another pipeline", new SocketsHttpHandler(), new PassingHandler(new UnknownHandler()), "UnknownHandler");
    }

    [TestCaseSource(nameof(Builders))]
    public async Task CreateClient_BuilderOfTheProgramsOwnBeforeAddTruststore_CountsByWhatItBuilds(
        HttpMessageHandler? primary, HttpMessageHandler built, string reason)
    {
        var services = new ServiceCollection();
        services.AddTransient<HttpMessageHandlerBuilder>(_ => new OwnBuilder(primary, built));
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client);
        await using var provider = services.BuildServiceProvider();

        AssertRefused(provider, reason);
    }

    private static void AssertRefused(ServiceProvider provider, string reason)
    {
        var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client));

        Assert.That(error!.Message, Does.Contain($"'{Client}'").And.Contain(reason).And.Contain("RemoveTruststore()"));
    }

    private static HttpClientHandler WithCallback(
        Func<HttpRequestMessage, X509Certificate2?, X509Chain?, SslPolicyErrors, bool> callback) =>
        new() { ServerCertificateCustomValidationCallback = callback };

    private static SocketsHttpHandler WithOptions(Action<SslClientAuthenticationOptions> configure)
    {
        var handler = new SocketsHttpHandler();
        configure(handler.SslOptions);
        return handler;
    }

    private static TestCaseData Handler(string name, Func<HttpMessageHandler> create, string reason) =>
        new TestCaseData(create, reason).SetArgDisplayNames(name);

    private static TestCaseData Options(string name, Action<SslClientAuthenticationOptions> configure, string reason) =>
        Handler(name, () => WithOptions(configure), reason);

    private static TestCaseData Builder(string name, HttpMessageHandler? primary, HttpMessageHandler built, string reason) =>
        new TestCaseData(primary, built, reason).SetArgDisplayNames(name);

    private static TestCaseData Registration(string name, Action<IServiceCollection> replace) =>
        new TestCaseData(replace).SetArgDisplayNames(name);

    private static void Replace(HttpMessageHandlerBuilder builder) => builder.PrimaryHandler = new HttpClientHandler();

    /// <summary>Changes the options of all clients after everyone else, AddTruststore included.</summary>
    private static void Change(IServiceCollection services, Action<HttpClientFactoryOptions> change) =>
        services.PostConfigureAll(change);

    private sealed class DerivedHandler : HttpClientHandler;

    private sealed class UnknownHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class ReplacingFilter : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = new HttpClientHandler();
        };
    }

    private sealed class OwnBuilder(HttpMessageHandler? primary, HttpMessageHandler built) : HttpMessageHandlerBuilder
    {
        public override string? Name { get; set; }

        public override HttpMessageHandler PrimaryHandler { get; set; } = primary!;

        public override IList<DelegatingHandler> AdditionalHandlers { get; } = [];

        public override HttpMessageHandler Build() => CreateHandlerPipeline(built, AdditionalHandlers);
    }
}
