using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Http;

/// <summary>SocketsHttpHandler.UseTruststore and the callback for clients that take nothing else.</summary>
internal sealed class UseTruststoreTests
{
    [TestCase(HandshakePki.Trusted, null)]
    [TestCase(HandshakePki.Expired, FailureReason.Expired)]
    [TestCase(HandshakePki.UnknownCa, FailureReason.IssuerNotFound)]
    [CancelAfter(30_000)]
    public async Task UseTruststore_Handler_JudgesByTheContext(string host, FailureReason? expected, CancellationToken cancellationToken)
    {
        using var http = await OpenAsync(host, handler =>
        {
            handler.SslOptions = new SslClientAuthenticationOptions();
            handler.UseTruststore(TestContexts.Create());
        });

        await AssertVerdictAsync(http, host, expected, cancellationToken);
    }

    [TestCase(HandshakePki.Trusted, null)]
    [TestCase(HandshakePki.Expired, FailureReason.Expired)]
    [TestCase(HandshakePki.WrongHost, FailureReason.HostnameMismatch)]
    [TestCase(HandshakePki.UnknownCa, FailureReason.IssuerNotFound)]
    [CancelAfter(30_000)]
    public async Task CreateValidationCallback_Alone_JudgesWhateverDotNetSays(string host, FailureReason? expected, CancellationToken cancellationToken)
    {
        using var http = await OpenAsync(host, handler => handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = TestContexts.Create().CreateValidationCallback(),
        });

        await AssertVerdictAsync(http, host, expected, cancellationToken);
    }

    [Test]
    public void CreateValidationCallback_NoStreamAndNoHost_Rejects()
    {
        var server = HandshakePki.Instance[HandshakePki.Trusted].Server;
        var callback = TestContexts.Create().CreateValidationCallback();
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(server.ServerChain.Select(c => c.Certificate).ToArray());

        var error = Assert.Throws<CertificateVerificationException>(() => callback(new object(), server.Certificate, chain, SslPolicyErrors.None));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.MissingReferenceIdentifier));
    }

    [Test]
    public void CreateValidationCallback_NoCertificate_Rejects()
    {
        var callback = TestContexts.Create().CreateValidationCallback(HandshakePki.Trusted);

        var error = Assert.Throws<CertificateVerificationException>(() => callback(new object(), certificate: null, chain: null, SslPolicyErrors.None));

        Assert.That(error!.Reason, Is.EqualTo(FailureReason.EmptyChain));
    }

    [Test]
    public void UseTruststore_HandlerWithVerificationOfItsOwn_IsRefused()
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;

        Assert.That(() => handler.UseTruststore(TestContexts.Create()), Throws.InvalidOperationException.With.Message.Contains("verification of its own"));
    }

    [Test]
    public void UseTruststore_WhatTheHandlerHasSet_Stays()
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls13;
        handler.SslOptions.ApplicationProtocols = [SslApplicationProtocol.Http2];
        handler.SslOptions.AllowTlsResume = false;
        var context = TestContexts.Create();
        context.SetAlpnProtocols("http/1.1");

        handler.UseTruststore(context);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(handler.SslOptions.EnabledSslProtocols, Is.EqualTo(SslProtocols.Tls13));
            Assert.That(handler.SslOptions.ApplicationProtocols, Is.EqualTo(new[] { SslApplicationProtocol.Http2 }));
            Assert.That(handler.SslOptions.AllowTlsResume, Is.False);
            Assert.That(handler.SslOptions.RemoteCertificateValidationCallback, Is.Not.Null);
            Assert.That(handler.SslOptions.CertificateChainPolicy, Is.Not.Null);
            Assert.That(context.IsReadOnly);
        }
    }

    [Test]
    public void UseTruststore_SameContextTwice_ChangesNothing()
    {
        using var handler = new SocketsHttpHandler();
        var context = TestContexts.Create();
        var options = handler.UseTruststore(context).SslOptions;

        Assert.That(handler.UseTruststore(context).SslOptions, Is.SameAs(options));
    }

    [Test]
    public void UseTruststore_AnotherContext_IsRefused()
    {
        using var handler = new SocketsHttpHandler();
        handler.UseTruststore(TestContexts.CreateForAnyone());

        var error = Assert.Throws<InvalidOperationException>(() => handler.UseTruststore(TestContexts.Create()));

        Assert.That(error!.Message, Does.Contain("another TlsContext"));
    }

    [Test]
    public void UseTruststore_HandlerChangedSince_IsRefused()
    {
        using var handler = new SocketsHttpHandler();
        var context = TestContexts.Create();
        handler.UseTruststore(context).SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;

        Assert.That(() => handler.UseTruststore(context), Throws.InvalidOperationException.With.Message.Contains("was changed after"));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseTruststore_HandlerThatHasSentARequest_IsRefusedEachTime(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, _) => throw new IOException("There is no network.") };
        using var http = new HttpClient(handler);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("https://a.example.com/"), cancellationToken));
        var context = TestContexts.Create();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => handler.UseTruststore(context), Throws.InvalidOperationException);
            Assert.That(() => handler.UseTruststore(context), Throws.InvalidOperationException);
            Assert.That(handler.SslOptions.RemoteCertificateValidationCallback, Is.Null);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task UseTruststore_ResumedSession_IsVerifiedToo(CancellationToken cancellationToken)
    {
        const string host = "handler.resumption.example.com";
        var port = await RealServers.PortOfAsync(ServerProgram.Nginx, HandshakePki.Instance[HandshakePki.Resumption]);
        using var http = new LoopbackHttpClient(TestContexts.Create(), port, handler =>
        {
            handler.PooledConnectionLifetime = TimeSpan.Zero;
            handler.SslOptions = new SslClientAuthenticationOptions();
            handler.UseTruststore(TestContexts.Create());
        });

        var first = await http.GetAsync(host, cancellationToken);
        var second = await http.GetAsync(host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.Not.EndWith(" r"));
            Assert.That(second, Does.EndWith(" r"));
            Assert.That(http.Verifications.Select(v => v?.IsVerified), Is.EqualTo(new bool?[] { true, true }));
        }
    }

    [TestCase(HandshakePki.ManyNames, HandshakePki.Trusted, null)]
    [TestCase(HandshakePki.ManyNames, HandshakePki.Expired, HandshakePki.Expired)]
    [TestCase(HandshakePki.WrongHost, HandshakePki.Trusted, HandshakePki.WrongHost)]
    [CancelAfter(30_000)]
    public async Task UseTruststore_HttpsProxy_IsVerifiedAsTheTargetIs(
        string proxyHost, string host, string? rejected, CancellationToken cancellationToken)
    {
        var target = await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[host]);
        using var proxy = new HttpsProxy(HandshakePki.Instance[proxyHost], target);
        using var http = new LoopbackHttpClient(TestContexts.Create(), proxy.Port, handler =>
        {
            handler.Proxy = new WebProxy(new Uri($"https://{proxyHost}/"));
            handler.UseProxy = true;
            handler.SslOptions = new SslClientAuthenticationOptions();
            handler.UseTruststore(TestContexts.Create());
        });
        var serving = proxy.ServeAsync(cancellationToken);

        if (rejected is null)
        {
            Assert.That(await http.GetAsync(host, cancellationToken), Is.EqualTo(host));
        }
        else
        {
            Assert.That((await http.GetRejectedAsync(host, cancellationToken)).ReferenceIdentifier!.Value, Is.EqualTo(rejected));
        }

        http.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<LoopbackHttpClient> OpenAsync(string host, Action<SocketsHttpHandler> configure) =>
        new(TestContexts.Create(), await RealServers.PortOfAsync(ServerProgram.Kestrel, HandshakePki.Instance[host]), configure);

    private static async Task AssertVerdictAsync(LoopbackHttpClient http, string host, FailureReason? expected, CancellationToken cancellationToken)
    {
        if (expected is null)
        {
            Assert.That(await http.GetAsync(host, cancellationToken), Is.EqualTo(host));
        }
        else
        {
            Assert.That((await http.GetRejectedAsync(host, cancellationToken)).Reason, Is.EqualTo(expected));
        }
    }
}
