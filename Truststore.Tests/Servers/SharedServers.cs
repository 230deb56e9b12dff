using System.Collections.Concurrent;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Servers;

/// <summary>The servers that tests share, each started when it is first needed; all present the same good certificate. Whoever uses them stops them.</summary>
internal static class SharedServers
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<ServerProcess>>> s_servers = new();

    /// <summary>The running server of a setup; skips the test where it cannot run.</summary>
    internal static Task<ServerProcess> GetAsync<T>()
        where T : ServerSetup, new()
    {
        var setup = new T();
        ServerProcess.Require(setup);
        return s_servers.GetOrAdd(typeof(T), _ => new Lazy<Task<ServerProcess>>(() => Task.Run(() => ServerProcess.StartAsync(setup, HandshakePki.Instance[HandshakePki.Trusted].SentChain)))).Value;
    }

    /// <summary>Stops all servers.</summary>
    internal static async Task StopAsync()
    {
        foreach (var server in s_servers.Values.Select(s => s.Value))
        {
            await server.ContinueWith(_ => { }, TaskScheduler.Default);
            if (server.IsCompletedSuccessfully)
            {
                (await server).Dispose();
            }
        }
    }
}
