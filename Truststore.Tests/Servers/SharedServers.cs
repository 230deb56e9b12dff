using System.Collections.Concurrent;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Servers;

/// <summary>The servers that tests share, each started when it is first needed; by default all present the same good certificate. Whoever uses them stops them.</summary>
internal static class SharedServers
{
    private static readonly ConcurrentDictionary<(Type Setup, string Certificates), Lazy<Task<ServerProcess>>> s_servers = new();

    /// <summary>The running server of a setup; skips the test where it cannot run.</summary>
    internal static Task<ServerProcess> GetAsync<T>()
        where T : ServerSetup, new() => GetAsync<T>(HandshakePki.Trusted, HandshakePki.Instance[HandshakePki.Trusted].SentChain);

    /// <summary>The running server of a setup with other certificates.</summary>
    /// <param name="name">What the certificates are called.</param>
    /// <param name="sentChain">What it sends, its own certificate first.</param>
    internal static Task<ServerProcess> GetAsync<T>(string name, IReadOnlyList<IssuedCertificate> sentChain)
        where T : ServerSetup, new()
    {
        var setup = new T();
        ServerProcess.Require(setup);
        return s_servers.GetOrAdd((typeof(T), name), _ => new Lazy<Task<ServerProcess>>(() => Task.Run(() => ServerProcess.StartAsync(setup, sentChain)))).Value;
    }

    /// <summary>Stops all servers.</summary>
    internal static async Task StopAsync()
    {
        foreach (var server in s_servers.Values.Select(s => s.Value))
        {
            await server.ContinueWith(_ => { }, TaskScheduler.Default);
            if (server.IsCompletedSuccessfully)
            {
                await (await server).DisposeAsync();
            }
        }
    }
}
