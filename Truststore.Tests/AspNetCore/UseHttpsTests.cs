using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.AspNetCore;

/// <summary>Kestrel behind a context.</summary>
internal sealed class UseHttpsTests
{
    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [TestCase("1.1")]
    [TestCase("2.0")]
    [CancelAfter(30_000)]
    public async Task UseHttps_Context_Serves(string version, CancellationToken cancellationToken)
    {
        await using var app = await StartAsync(TestContexts.CreateServer());
        using var http = new LoopbackHttpClient(TestContexts.Create(), PortOf(app));

        Assert.That(await http.GetAsync(HandshakePki.Trusted, Version.Parse(version), cancellationToken), Is.EqualTo($"HTTP/{version.TrimEnd('0').TrimEnd('.')} nobody"));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseHttps_ClientCertificateRequired_IsVerifiedAndHandedOn(CancellationToken cancellationToken)
    {
        var context = TestContexts.CreateServer(TlsVerifyMode.Required);
        await using var app = await StartAsync(context);
        using var known = new LoopbackHttpClient(TestContexts.Create(s_pki.Client), PortOf(app));
        using var stranger = new LoopbackHttpClient(TestContexts.Create(s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa))), PortOf(app));
        using var anonymous = new LoopbackHttpClient(TestContexts.Create(), PortOf(app));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await known.GetAsync(HandshakePki.Trusted, cancellationToken), Is.EqualTo("HTTP/1.1 CN=A client"));
            await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(HandshakePki.Trusted, cancellationToken));
            await Assert.ThrowsAsync<HttpRequestException>(() => anonymous.GetAsync(HandshakePki.Trusted, cancellationToken));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseHttps_SniCallback_ChoosesTheContext(CancellationToken cancellationToken)
    {
        const string otherHost = "other.kestrel.example.com";
        var other = TestContexts.CreateServer(certificate: s_pki.Issue(otherHost));
        var context = TestContexts.CreateServer();
        context.SniCallback = name => string.Equals(name, otherHost, StringComparison.Ordinal) ? other : null;
        await using var app = await StartAsync(context);
        using var http = new LoopbackHttpClient(TestContexts.Create(), PortOf(app));

        foreach (var host in new[] { otherHost, HandshakePki.Trusted })
        {
            Assert.That(await http.GetAsync(host, cancellationToken), Does.StartWith("HTTP/1.1"));
        }

        Assert.That(http.Verifications.Select(v => v!.VerifiedPath[0].Subject.ToString()), Is.EqualTo(new[] { "CN=" + otherHost, "CN=" + HandshakePki.Trusted }));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseHttps_PostHandshakeAuth_AsksWhenTheRequestDoes(CancellationToken cancellationToken)
    {
        var context = TestContexts.CreateServer(TlsVerifyMode.Required);
        context.PostHandshakeAuth = true;
        context.SetAlpnProtocols("http/1.1");
        await using var app = await StartAsync(context);
        using var known = new LoopbackHttpClient(TestContexts.Create(s_pki.Client), PortOf(app));

        Assert.That(await known.GetAsync(HandshakePki.Trusted, cancellationToken), Is.EqualTo("HTTP/1.1 CN=A client"));
    }

    [TestCase("b.kestrel.example.com")]
    [TestCase("B.Kestrel.EXAMPLE.com")]
    [TestCase("b.kestrel.example.com.")]
    [TestCase("B.KESTREL.EXAMPLE.COM.")]
    [CancelAfter(30_000)]
    public async Task UseHttps_SpellingsOfAName_ReachTheSameContext(string spelling, CancellationToken cancellationToken)
    {
        const string host = "b.kestrel.example.com";
        var contexts = new Dictionary<string, TlsContext>(StringComparer.Ordinal);
        contexts.Add(host, TestContexts.CreateServer(TlsVerifyMode.Required, s_pki.Issue(host)));
        var context = TestContexts.CreateServer();
        context.SniCallback = name => name is null ? null : contexts.GetValueOrDefault(name);
        await using var app = await StartAsync(context);
        var options = TestContexts.Create(s_pki.Client).CreateOptions(host);
        options.TargetHost = spelling;

        await using var client = await TlsClient.ConnectAsync(options, PortOf(app), cancellationToken);

        Assert.That(client.RemoteCertificate!.Subject, Is.EqualTo("CN=" + host));
    }

    private static IEnumerable<TestCaseData> AskingContexts()
    {
        // The context that SNI chose decides whether a request may ask, not the one that Kestrel was given.
        var asks = new Asking(TlsVerifyMode.Required, Later: true);
        var doesNotAsk = new Asking(TlsVerifyMode.None, Later: false);
        var doesNotVerify = new Asking(TlsVerifyMode.None, Later: true);
        yield return Case("the chosen one asks", doesNotAsk, asks, "CN=A client");
        yield return Case("the chosen one does not ask", asks, doesNotAsk, "nobody");
        yield return Case("the chosen one does not verify", asks, doesNotVerify, "nobody");
        yield return Case("none is chosen, and this one does not verify", doesNotVerify, chosen: null, "nobody");
    }

    [TestCaseSource(nameof(AskingContexts))]
    [CancelAfter(30_000)]
    public async Task UseHttps_PostHandshakeAuth_IsThatOfTheContextThatSniChose(
        Asking own, Asking? chosen, string expected, CancellationToken cancellationToken)
    {
        // Where no one would verify it a stranger's certificate must not become that of the connection.
        var isVerified = !string.Equals(expected, "nobody", StringComparison.Ordinal);
        var client = isVerified ? s_pki.Client : s_pki.StrangerCa.Issue(HandshakePki.ClientSpec(s_pki.StrangerCa));
        var context = own.Create();
        context.SniCallback = chosen is null ? null : _ => chosen.Create();
        await using var app = await StartAsync(context);
        using var http = new LoopbackHttpClient(TestContexts.Create(client), PortOf(app));

        Assert.That(await http.GetAsync(HandshakePki.Trusted, cancellationToken), Is.EqualTo("HTTP/1.1 " + expected));
    }

    [Test]
    public void UseHttps_ContextThatCannotServe_FailsAtOnce()
    {
        var error = Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(TlsContext.CreateDefaultServer()));

        Assert.That(error, Is.Not.Null);
    }

    private static async Task<WebApplication> StartAsync(TlsContext context)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(context);
        }));
        var app = builder.Build();
        app.MapGet("/", async (HttpContext http) =>
        {
            var certificate = await http.Connection.GetClientCertificateAsync();
            return $"{http.Request.Protocol} {certificate?.Subject ?? "nobody"}";
        });
        await app.StartAsync();
        return app;
    }

    private static TestCaseData Case(string name, Asking own, Asking? chosen, string expected) =>
        new TestCaseData(own, chosen, expected).SetArgDisplayNames(name);

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Whether a server asks for certificates, and when.</summary>
    internal sealed record Asking(TlsVerifyMode Mode, bool Later)
    {
        internal TlsContext Create()
        {
            var context = TestContexts.CreateServer(Mode);
            context.PostHandshakeAuth = Later;
            context.SetAlpnProtocols("http/1.1");
            return context;
        }
    }
}
