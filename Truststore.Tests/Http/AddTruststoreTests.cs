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
        yield return Case("a handler of the old kind", services => services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()), isTrusted: true);
        yield return Case("a handler with a context that trusts less", services => services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { SslOptions = TestContexts.CreateForSystem().CreateOptions() }), isTrusted: false);
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
    public async Task CreateClient_HandlerOfTheOldKind_RejectsByTheHostOfTheRequest(CancellationToken cancellationToken)
    {
        // For names that it does not know the server presents a certificate that 'localhost' is not in.
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[HandshakePki.ManyNames]);
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client).ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler());
        await using var provider = services.BuildServiceProvider();
        using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri($"https://localhost:{port}/"), cancellationToken));

        Assert.That((error!.InnerException as CertificateVerificationException)?.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
    }

    [Test]
    public async Task CreateClient_HandlerThatAcceptsEveryone_IsAnError()
    {
        var services = new ServiceCollection();
        services.AddTruststore(TestContexts.Create()).AddHttpClient(Client)
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator });
        await using var provider = services.BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), Throws.InvalidOperationException.With.Message.Contains(Client));
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

    private static TestCaseData Case(string name, Action<IServiceCollection> register, bool isTrusted) => new TestCaseData(register, isTrusted).SetArgDisplayNames(name);
}
