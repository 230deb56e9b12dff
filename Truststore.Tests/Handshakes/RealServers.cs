using System.Collections.Concurrent;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>The servers that the tests share, each started when it is first needed and stopped after the last test.</summary>
[SetUpFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class RealServers
{
    private static readonly ConcurrentDictionary<(ServerProgram Program, string Host), Lazy<Task<ITlsServer>>> s_servers = new();

    /// <summary>Finds out where a server listens that presents the certificate of a scenario; skips the test when its program is missing.</summary>
    internal static async Task<int> PortOfAsync(ServerProgram program, ServerScenario scenario)
    {
        if (program != ServerProgram.Kestrel)
        {
            ChildProcess.Require(program is ServerProgram.Nginx ? "nginx" : "openssl");
        }

        var host = program == ServerProgram.OpenSsl ? scenario.Host : string.Empty;
        var server = await s_servers.GetOrAdd((program, host), _ => new Lazy<Task<ITlsServer>>(() => Task.Run(() => StartAsync(program, scenario)))).Value;
        return server.Port;
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        foreach (var server in s_servers.Values.Select(s => s.Value).Where(s => !s.IsFaulted))
        {
            (await server).Dispose();
        }
    }

    private static async Task<ITlsServer> StartAsync(ServerProgram program, ServerScenario scenario) => program switch
    {
        ServerProgram.OpenSsl => await OpenSslServer.StartAsync(scenario.SentChain),
        ServerProgram.Nginx => await NginxServer.StartAsync(HandshakePki.Instance.Scenarios),
        _ => await KestrelServer.StartAsync(HandshakePki.Instance.Scenarios),
    };
}
