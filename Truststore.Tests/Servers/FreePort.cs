using System.Net;
using System.Net.Sockets;

namespace Truststore.Tests.Servers;

/// <summary>Ports of the loopback interface for programs that cannot choose one themselves.</summary>
internal static class FreePort
{
    /// <summary>Finds ports on which nobody listens; by the time that a program gets there one may be taken.</summary>
    internal static IReadOnlyList<int> Find(int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
            }

            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(l => l.Dispose());
        }
    }
}
