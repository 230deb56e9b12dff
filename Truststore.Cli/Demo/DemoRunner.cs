using System.Net;
using Truststore.Cli.Probing;

namespace Truststore.Cli.Demo;

/// <summary>Starts the servers of the demo and connects to each.</summary>
internal static class DemoRunner
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    internal static async Task<IReadOnlyList<DemoOutcome>> RunAsync(IReadOnlyList<DemoScenario> scenarios, TlsContext context, CliEnvironment environment, CancellationToken cancellationToken)
    {
        // The servers are this machine's own, whatever a command line's environment does to connections.
        var probe = new TlsProbe(environment with { ConnectAsync = TcpConnector.ConnectAsync }, context, s_timeout);
        return await Task.WhenAll(scenarios.Select(s => Task.Run(() => RunAsync(s, probe, cancellationToken), cancellationToken)));
    }

    private static async Task<DemoOutcome> RunAsync(DemoScenario scenario, TlsProbe probe, CancellationToken cancellationToken)
    {
        var identity = ReferenceIdentifier.Parse(DemoScenario.Host);
        await using var server = LoopbackTlsServer.Start(scenario.Server, scenario.Chain, new LoopbackTlsServerOptions { AllowWeakKey = scenario.HasWeakKey });
        var result = await probe.RunAsync(new Endpoint(IPAddress.Loopback.ToString(), server.Port, identity), identity, cancellationToken);
        var explanation = result.Verdict switch
        {
            null => result.Error + (server.Failure is { } failure ? $" The server says: {failure.GetBaseException().Message}" : string.Empty),
            { IsTrusted: true } verdict => "Verified path: " + string.Join(" ← ", verdict.VerifiedPath),
            { } verdict => VerificationExplanation.Write(verdict, identity),
        };
        return new DemoOutcome(scenario, result, explanation);
    }
}
