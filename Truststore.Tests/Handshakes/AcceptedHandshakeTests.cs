using System.Security.Authentication;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>Good servers are accepted: every server by every version and protocol that it has.</summary>
internal sealed class AcceptedHandshakeTests
{
    private static readonly ServerScenario s_scenario = HandshakePki.Instance[HandshakePki.Trusted];

    // openssl s_server agrees to h2, but does not speak it.
    private static IEnumerable<TestCaseData> HttpServers() =>
        from program in Enum.GetValues<ServerProgram>()
        from version in new[] { TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls13 }
        from httpVersion in new[] { "1.1", "2.0" }
        where program != ServerProgram.OpenSsl || httpVersion is not "2.0"
        select new TestCaseData(program, version, httpVersion);

    [Test]
    [CancelAfter(30_000)]
    public async Task SslStream_GoodServer_IsAcceptedWithItsPath(
        [Values] ServerProgram program,
        [Values(TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls13)] TlsProtocolVersion version,
        [Values("h2", "http/1.1")] string protocol,
        CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(program, s_scenario);
        var context = TestContexts.Create().Only(version);
        context.SetAlpnProtocols(protocol);

        await using var tls = await TlsClient.ConnectAsync(context, port, s_scenario.Host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tls.SslProtocol, Is.EqualTo(version == TlsProtocolVersion.Tls12 ? SslProtocols.Tls12 : SslProtocols.Tls13));
            Assert.That(tls.NegotiatedApplicationProtocol.ToString(), Is.EqualTo(protocol));
            AssertVerified(tls.GetVerification());
        }
    }

    [TestCaseSource(nameof(HttpServers))]
    [CancelAfter(30_000)]
    public async Task HttpClient_GoodServer_IsAcceptedWithItsPath(ServerProgram program, TlsProtocolVersion version, string httpVersion, CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(program, s_scenario);
        using var http = new LoopbackHttpClient(TestContexts.Create().Only(version), port);

        var page = await http.GetAsync(s_scenario.Host, Version.Parse(httpVersion), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Is.Not.Empty);
            Assert.That(http.Verifications, Has.Count.EqualTo(1));
            AssertVerified(http.Verifications.First());
        }
    }

    private static void AssertVerified(ChainVerificationResult? verification)
    {
        Assert.That(verification, Is.Not.Null);
        Assert.That(verification!.IsVerified);
        Assert.That(verification.IsTrusted);
        Assert.That(verification.Failures, Is.Empty);
        Assert.That(verification.VerifiedPath, Is.EqualTo(s_scenario.Server.Path.Select(c => c.Info)));
        Assert.That(verification.PeerChain.Select(c => Convert.ToHexString(c.Span)), Is.EqualTo(s_scenario.SentChain.Select(c => Convert.ToHexString(c.Der.Span))));
    }
}
