using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Truststore.Tests.Servers;

/// <summary>Ports of the loopback interface for programs that cannot choose one themselves.</summary>
internal static class FreePort
{
    private const string SystemsRange = "/proc/sys/net/ipv4/ip_local_port_range";
    private const int Lowest = 10_000;
    private const int UsualEnd = 32_768;

    // Another run of the tests on the same machine begins elsewhere.
    private static int s_next = Random.Shared.Next();

    /// <summary>
    /// Finds ports on which no one listens, each only once in this process. They lie below those that the system gives to
    /// connections and to listeners without a port of their own, so that no other test takes one before the program does.
    /// </summary>
    internal static IReadOnlyList<int> Find(int count)
    {
        var ports = new List<int>();
        var end = EndOfRange();
        for (var attempts = 0; ports.Count < count; attempts++)
        {
            var port = Lowest + (int)((uint)Interlocked.Increment(ref s_next) % (uint)(end - Lowest));
            if (IsFree(port))
            {
                ports.Add(port);
            }
            else if (attempts > end - Lowest)
            {
                throw new InvalidOperationException($"No port from {Lowest} to {end} is free.");
            }
        }

        return ports;
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int EndOfRange()
    {
        var start = File.Exists(SystemsRange)
            ? int.Parse(File.ReadAllText(SystemsRange).Split('\t')[0], CultureInfo.InvariantCulture)
            : UsualEnd;
        return start > Lowest + 1000 ? start : ushort.MaxValue;
    }
}
