using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>One context serves any number of connections at once, and mixes nothing up.</summary>
internal sealed class ConcurrencyTests
{
    private const int Connections = 200;

    [Test]
    [CancelAfter(60_000)]
    public async Task Handshakes_ManyAtOnce_EachGetsItsOwnVerdict(CancellationToken cancellationToken)
    {
        var scenarios = new[] { HandshakePki.Trusted, HandshakePki.ManyNames }.Concat(HandshakePki.HostsRejectedOfKestrel).Select(h => HandshakePki.Instance[h]).ToList();
        var port = await RealServers.PortOfAsync(ServerProgram.Kestrel, scenarios[0]);
        var context = TestContexts.Create();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var connections = Enumerable.Range(0, Connections).Select(i => ConnectAsync(scenarios[i % scenarios.Count])).ToList();
        ready.SetResult();
        var outcomes = await Task.WhenAll(connections);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (scenario, result, reference) in outcomes)
            {
                Assert.That(result.Failures.Select(f => f.Reason).FirstOrDefault(), Is.EqualTo(scenario.Expected.GetValueOrDefault()), scenario.Host);
                Assert.That(result.IsTrusted, Is.EqualTo(scenario.Expected is null), scenario.Host);
                Assert.That(result.Path[0], Is.EqualTo(scenario.Server.Info), scenario.Host);
                Assert.That(result.PeerChain[0].Span.SequenceEqual(scenario.Server.Der.Span), scenario.Host);
                Assert.That(reference, Is.EqualTo(scenario.Host));
            }
        }

        async Task<(ServerScenario Scenario, ChainVerificationResult Result, string? Reference)> ConnectAsync(ServerScenario scenario)
        {
            await ready.Task;
            try
            {
                await using var tls = await TlsClient.ConnectAsync(context, port, scenario.Host, cancellationToken);
                return (scenario, tls.GetVerification()!, tls.TargetHostName);
            }
            catch (CertificateVerificationException error)
            {
                return (scenario, error.Result, error.ReferenceIdentifier?.Value);
            }
        }
    }
}
