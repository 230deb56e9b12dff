using System.Net.Security;
using System.Security.Authentication;

namespace Truststore.Tests.Handshakes;

/// <summary>The settings of a context show in its handshakes.</summary>
internal sealed class SettingsTests
{
    private const SslProtocols Both = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly ServerScenario s_scenario = HandshakePki.Instance[HandshakePki.Trusted];

    [TestCase(TlsProtocolVersion.MinimumSupported, TlsProtocolVersion.MaximumSupported, Both, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls12, SslProtocols.Tls12)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls13, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls12, Both, SslProtocols.Tls12)]
    [TestCase(TlsProtocolVersion.MinimumSupported, TlsProtocolVersion.MinimumSupported, Both, SslProtocols.Tls12)]
    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.Tls13, Both, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.MaximumSupported, TlsProtocolVersion.MaximumSupported, Both, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls12, SslProtocols.Tls13, SslProtocols.None)]
    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.Tls13, SslProtocols.Tls12, SslProtocols.None)]
    [CancelAfter(30_000)]
    public async Task Versions_OfTheContext_AreHonoured(TlsProtocolVersion minimum, TlsProtocolVersion maximum, SslProtocols ofServer, SslProtocols expected, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.MinimumVersion = minimum;
        context.MaximumVersion = maximum;
        var options = context.CreateOptions(s_scenario.Host);
        var server = InMemoryHandshake.CreateServerOptions(s_scenario.Server, ofServer);

        if (expected == SslProtocols.None)
        {
            await Assert.ThrowsAsync(Is.TypeOf<AuthenticationException>(), async () => await (await InMemoryHandshake.RunAsync(options, server, cancellationToken)).DisposeAsync());
            return;
        }

        await using var handshake = await InMemoryHandshake.RunAsync(options, server, cancellationToken);
        Assert.That(handshake.Client.SslProtocol, Is.EqualTo(expected));
    }

    [TestCase("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)]
    [TestCase("ECDHE-ECDSA-CHACHA20-POLY1305", SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [TestCase("ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384", SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384)]
    [TestCase("TLS_AES_128_GCM_SHA256", SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [TestCase("TLS_CHACHA20_POLY1305_SHA256", SslProtocols.Tls13, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256)]
    [CancelAfter(30_000)]
    public async Task SetCiphers_OneSuite_IsTheOneNegotiated(string ciphers, SslProtocols version, TlsCipherSuite expected, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.SetCiphers(ciphers);

        await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(s_scenario.Host), InMemoryHandshake.CreateServerOptions(s_scenario.Server, version), cancellationToken);

        Assert.That(handshake.Client.NegotiatedCipherSuite, Is.EqualTo(expected));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task SetCiphers_OnlyOlderSuites_LeavesTls13On(CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.SetCiphers("ECDHE-ECDSA-AES128-GCM-SHA256");

        await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(s_scenario.Host), s_scenario.Server, cancellationToken);

        Assert.That(handshake.Client.SslProtocol, Is.EqualTo(SslProtocols.Tls13));
    }

    [TestCase(new[] { "h2", "http/1.1" }, new[] { "http/1.1", "h2" }, "http/1.1")]
    [TestCase(new[] { "h2" }, new[] { "h2" }, "h2")]
    [TestCase(new[] { "imap" }, new string[0], "")]
    [TestCase(new string[0], new[] { "h2" }, "")]
    [CancelAfter(30_000)]
    public async Task SetAlpnProtocols_OfTheContext_AreOffered(string[] offered, string[] ofServer, string expected, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.SetAlpnProtocols(offered);
        var server = InMemoryHandshake.CreateServerOptions(s_scenario.Server);
        server.ApplicationProtocols = ofServer.Length == 0 ? null : [.. ofServer.Select(p => new SslApplicationProtocol(p))];

        await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(s_scenario.Host), server, cancellationToken);

        Assert.That(handshake.Client.NegotiatedApplicationProtocol.ToString(), Is.EqualTo(expected));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyMode_None_ConnectsToAnyoneAndSaysSo(
        [Values(HandshakePki.SelfSigned, HandshakePki.Expired, HandshakePki.UnknownCa, HandshakePki.WrongHost)] string host,
        CancellationToken cancellationToken)
    {
        var server = HandshakePki.Instance[host].Server;

        await using var handshake = await InMemoryHandshake.RunAsync(TestContexts.CreateForAnyone().CreateOptions(host), server, cancellationToken);

        var verification = handshake.Client.GetVerification()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.IsVerified, Is.False);
            Assert.That(verification.VerifiedPath, Is.Empty);
            Assert.That(verification.PeerChain[0].Span.SequenceEqual(server.Der.Span));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyMode_Optional_MeansRequiredForAClient(CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.VerifyMode = TlsVerifyMode.Optional;

        var error = await InMemoryHandshake.RunRejectedAsync(context.CreateOptions(HandshakePki.UnknownCa), HandshakePki.Instance[HandshakePki.UnknownCa].Server, cancellationToken);

        Assert.That(error.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [Test]
    public void GetVerification_WithoutAHandshake_IsNull()
    {
        using var tls = new SslStream(new MemoryStream());

        Assert.That(tls.GetVerification(), Is.Null);
    }
}
