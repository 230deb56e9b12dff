using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>Bad servers are rejected for the right reason, whatever server it is and whoever asks.</summary>
internal sealed class RejectedHandshakeTests
{
    private static IReadOnlyList<string> Hosts => HandshakePki.RejectedHosts;

    private static IEnumerable<string> HostsOfKestrel => HandshakePki.HostsRejectedOfKestrel;

    private static IEnumerable<TestCaseData> Servers() =>
        from program in Enum.GetValues<ServerProgram>()
        from host in program == ServerProgram.Kestrel ? HostsOfKestrel : Hosts
        select new TestCaseData(program, host);

    [TestCaseSource(nameof(Servers))]
    [CancelAfter(30_000)]
    public async Task SslStream_BadServer_IsRejectedForItsReason(ServerProgram program, string host, CancellationToken cancellationToken)
    {
        var scenario = HandshakePki.Instance[host];
        var port = await RealServers.PortOfAsync(program, scenario);

        var error = await TlsClient.ConnectRejectedAsync(TestContexts.Create(), port, host, cancellationToken);

        AssertRejected(error, scenario);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task SslStream_BadServerOverTls12_IsRejectedForItsReason([ValueSource(nameof(Hosts))] string host, CancellationToken cancellationToken)
    {
        var scenario = HandshakePki.Instance[host];
        var port = await RealServers.PortOfAsync(ServerProgram.Nginx, scenario);

        var error = await TlsClient.ConnectRejectedAsync(TestContexts.Create().Only(TlsProtocolVersion.Tls12), port, host, cancellationToken);

        AssertRejected(error, scenario);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task HttpClient_BadServer_IsRejectedForItsReason([ValueSource(nameof(HostsOfKestrel))] string host, CancellationToken cancellationToken)
    {
        var scenario = HandshakePki.Instance[host];
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, scenario);
        using var http = new LoopbackHttpClient(TestContexts.Create(), port);

        var error = await http.GetRejectedAsync(host, cancellationToken);

        AssertRejected(error, scenario);
    }

    private static void AssertRejected(CertificateVerificationException error, ServerScenario scenario)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(scenario.Expected), error.Message);
            Assert.That(error.Result.IsTrusted, Is.False);
            Assert.That(error.Result.VerifiedPath, Is.Empty);
            Assert.That(error.Result.Path[0], Is.EqualTo(scenario.Server.Info));
            Assert.That(error.ReferenceIdentifier?.Value, Is.EqualTo(scenario.Host));
            Assert.That(error.Message, Does.Contain(scenario.Host));
            Assert.That(error.Message, Does.EndWith(FailureAdvice.For(error.Reason)));
        }
    }
}
