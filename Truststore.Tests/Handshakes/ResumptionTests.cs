using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>A resumed session is verified like a new one, by whoever resumes it.</summary>
internal sealed class ResumptionTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;

    private static readonly ServerScenario s_scenario = HandshakePki.Instance[HandshakePki.Resumption];

    [Test]
    [CancelAfter(30_000)]
    public async Task SecondConnection_SameContext_IsResumedAndVerifiedAgain([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create().Only(version);
        var host = HostOf("again", version);

        var first = await VisitAsync(context, host, cancellationToken);
        var second = await VisitAsync(context, host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.IsResumed, Is.False);
            Assert.That(second.IsResumed);
            Assert.That(second.Verification!.IsVerified);
            Assert.That(second.Verification, Is.Not.SameAs(first.Verification));
            Assert.That(second.Verification.VerifiedPath, Is.EqualTo(s_scenario.Server.Path.Select(c => c.Info)));
            Assert.That(second.Verification.PeerChain, Has.Count.EqualTo(first.Verification!.PeerChain.Count));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task SecondConnection_ContextThatDoesNotTrustTheServer_IsRejected([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var host = HostOf("stranger", version);
        var port = await RealServers.PortOfAsync(ServerProgram.Nginx, s_scenario);
        var context = TestContexts.Create().Only(version);
        var later = TestContexts.Create().Only(version);
        later.TimeProvider = new FixedTimeProvider(HandshakePki.Now.AddYears(1));

        await VisitAsync(context, host, cancellationToken);
        var untrusted = await TlsClient.ConnectRejectedAsync(TestContexts.CreateForSystem().Only(version), port, host, cancellationToken);
        var expired = await TlsClient.ConnectRejectedAsync(later, port, host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(untrusted.Reason, Is.EqualTo(FailureReason.IssuerNotFound));
            Assert.That(expired.Reason, Is.EqualTo(FailureReason.Expired));
            Assert.That(untrusted.Result.PeerChain, Is.Not.Empty);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task VerifyModeNone_Connections_LeaveNoSessionBehind([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var host = HostOf("anyone", version);
        var anyone = TestContexts.CreateForAnyone().Only(version);

        var first = await VisitAsync(anyone, host, cancellationToken);
        var second = await VisitAsync(anyone, host, cancellationToken);
        var strict = await VisitAsync(TestContexts.Create().Only(version), host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.IsResumed, Is.False);
            Assert.That(second.IsResumed, Is.False);
            Assert.That(second.Verification!.IsVerified, Is.False);
            Assert.That(strict.IsResumed, Is.False);
            Assert.That(strict.Verification!.IsVerified);
        }
    }

    private static string HostOf(string test, TlsProtocolVersion version) => $"{test}-{version}.resumption.example.com";

    private static async Task<(bool IsResumed, ChainVerificationResult? Verification)> VisitAsync(TlsContext context, string host, CancellationToken cancellationToken)
    {
        var port = await RealServers.PortOfAsync(ServerProgram.Nginx, s_scenario);
        await using var tls = await TlsClient.ConnectAsync(context, port, host, cancellationToken);
        var page = await NginxPage.GetAsync(tls, host, cancellationToken);
        return (page.IsResumed, tls.GetVerification());
    }
}
