using Microsoft.Extensions.DependencyInjection;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Http;

/// <summary>IHttpClientFactory with a context.</summary>
internal sealed class AddTruststoreTests
{
    private const string Client = "a client";

    private static IEnumerable<TestCaseData> Registrations()
    {
        yield return Case("every client", services => services.AddTruststore(TestContexts.Create()).AddHttpClient(Client), isTrusted: true);
        yield return Case("registered after the client", services => services.AddHttpClient(Client).Services.AddTruststore(TestContexts.Create()), isTrusted: true);
        yield return Case("one client", services => services.AddHttpClient(Client).AddTruststore(TestContexts.Create()), isTrusted: true);
        yield return Case("another client", services => services.AddHttpClient("another").AddTruststore(TestContexts.Create()), isTrusted: false);
        yield return Case("nobody asked", services => services.AddHttpClient(Client), isTrusted: false);
        yield return Case("removed", services => services.AddTruststore(TestContexts.Create()).RemoveTruststore().AddHttpClient(Client), isTrusted: false);
        yield return Case("removed for the client", services => services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).RemoveTruststore(), isTrusted: false);
        yield return Case("the client's own context goes first", services => services.AddTruststore(TestContexts.CreateForSystem()).AddHttpClient(Client).AddTruststore(TestContexts.Create()), isTrusted: true);
        yield return Case("by the defaults of all clients", RegisterByDefaults, isTrusted: true);
        yield return Case("removed by the defaults of all clients", RemoveByDefaults, isTrusted: false);
        yield return Handler("a SocketsHttpHandler", () => new SocketsHttpHandler { AllowAutoRedirect = false });
        yield return Handler("a SocketsHttpHandler behind a DelegatingHandler", () => new PassingHandler(new SocketsHttpHandler()));
        yield return Handler("no handler, and so the default one", () => null!);
        yield return Case("a SocketsHttpHandler with the same context", RegisterWithTheSameContext, isTrusted: true);
        yield return Case("own configuration", s => Register(s).UseSocketsHttpHandler((h, _) => h.UseCookies = false), isTrusted: true);
        yield return Case("further handlers", s => Register(s).AddHttpMessageHandler(() => new PassingHandler()), isTrusted: true);
    }

    [TestCaseSource(nameof(Registrations))]
    [CancelAfter(30_000)]
    public async Task CreateClient_Registration_DecidesWhoIsTrusted(Action<IServiceCollection> register, bool isTrusted, CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[HandshakePki.ManyNames]);
        var services = new ServiceCollection();
        register(services);
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);
        var url = new Uri($"https://127.0.0.1:{port}/");

        if (isTrusted)
        {
            Assert.That(await http.GetStringAsync(url, cancellationToken), Is.Not.Empty);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(url, cancellationToken));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateClient_KeyedAndTypedClients_AreVerified(CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[HandshakePki.ManyNames]);
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create());
        services.AddHttpClient(Client).AddAsKeyed();
        services.AddHttpClient<TypedClient>();
        await using var provider = services.BuildServiceProvider();
        var url = new Uri($"https://127.0.0.1:{port}/");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await provider.GetRequiredKeyedService<HttpClient>(Client).GetStringAsync(url, cancellationToken), Is.Not.Empty);
            Assert.That(await provider.GetRequiredService<TypedClient>().Http.GetStringAsync(url, cancellationToken), Is.Not.Empty);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task RemoveTruststore_AfterTheProviderWasBuilt_DoesNotReachItsClients(CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[HandshakePki.ManyNames]);
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client);
        await using var provider = services.BuildServiceProvider();
        services.RemoveTruststore().AddHttpClient(Client).RemoveTruststore();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        Assert.That(await http.GetStringAsync(new Uri($"https://127.0.0.1:{port}/"), cancellationToken), Is.Not.Empty);
    }

    [Test]
    public void AddTruststore_ContextThatCannotServe_FailsAtRegistration()
    {
        var services = new ServiceCollection();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => services.AddTruststore(TestContexts.CreateForAnyone()), Throws.InvalidOperationException.With.Message.Contains("accepts everyone"));
            Assert.That(() => services.AddTruststore(TlsContext.CreateDefaultServer()), Throws.InvalidOperationException.With.Message.Contains("TlsRole.Client"));
            Assert.That(() => services.AddTruststore(context => context.LoadVerifyLocations(caFile: "/there/is/none.pem")), Throws.TypeOf<TrustDataException>());
            Assert.That(() => services.AddHttpClient(Client).AddTruststore(TestContexts.CreateForAnyone()), Throws.InvalidOperationException);
        }
    }

    private static IHttpClientBuilder Register(IServiceCollection services) =>
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client);

    private static void RegisterByDefaults(IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(defaults => defaults.AddTruststore(TestContexts.Create())).AddHttpClient(Client);

    private static void RemoveByDefaults(IServiceCollection services) =>
        Register(services).Services.ConfigureHttpClientDefaults(defaults => defaults.RemoveTruststore());

    private static void RegisterWithTheSameContext(IServiceCollection services)
    {
        var context = TestContexts.Create();
        services.AddTruststore(context).AddHttpClient(Client)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler().UseTruststore(context));
    }

    private static TestCaseData Handler(string name, Func<HttpMessageHandler> create) =>
        Case(name, services => Register(services).ConfigurePrimaryHttpMessageHandler(create), isTrusted: true);

    private static TestCaseData Case(string name, Action<IServiceCollection> register, bool isTrusted) => new TestCaseData(register, isTrusted).SetArgDisplayNames(name);

    private sealed class TypedClient(HttpClient http)
    {
        internal HttpClient Http { get; } = http;
    }
}
