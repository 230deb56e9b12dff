using System.Text;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>A client and a server without I/O, and the wire between them, which the tests cut as they like.</summary>
internal sealed class BioPair : IDisposable
{
    private readonly MemoryBio _toClient = new();
    private readonly MemoryBio _fromClient = new();
    private readonly MemoryBio _toServer = new();
    private readonly MemoryBio _fromServer = new();

    internal BioPair(TlsContext client, TlsContext server, string? host = HandshakePki.Trusted)
    {
        Client = client.WrapBio(_toClient, _fromClient, host);
        Server = server.WrapBio(_toServer, _fromServer);
    }

    internal TlsObject Client { get; }

    internal TlsObject Server { get; }

    internal MemoryBio ToClient => _toClient;

    internal MemoryBio FromClient => _fromClient;

    internal MemoryBio ToServer => _toServer;

    internal MemoryBio FromServer => _fromServer;

    /// <summary>Carries up to so many bytes each way; says whether there were any.</summary>
    internal bool Carry(int most = int.MaxValue) => Carry(_fromClient, _toServer, most) | Carry(_fromServer, _toClient, most);

    /// <summary>Shakes hands, carrying a number of bytes at a time.</summary>
    internal void Handshake(Func<int>? chunk = null)
    {
        while (true)
        {
            var client = Client.DoHandshake();
            var server = Server.DoHandshake();
            var carried = Carry(chunk?.Invoke() ?? int.MaxValue);
            if (client == TlsStatus.Done && server == TlsStatus.Done && !carried)
            {
                return;
            }

            if (!carried && client == TlsStatus.WantRead && server == TlsStatus.WantRead)
            {
                throw new InvalidOperationException("Both sides wait for each other.");
            }
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        _toClient.Dispose();
        _fromClient.Dispose();
        _toServer.Dispose();
        _fromServer.Dispose();
    }

    /// <summary>Reads all that has arrived.</summary>
    internal static string ReadText(TlsObject tls)
    {
        var buffer = new byte[100];
        var text = new StringBuilder();
        while (tls.Pending > 0 && tls.Read(buffer, out var count) == TlsStatus.Done)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static bool Carry(MemoryBio from, MemoryBio to, int most)
    {
        var carried = false;
        while (from.Pending > 0 && most > 0)
        {
            var bytes = from.Peek();
            bytes = bytes[..Math.Min(bytes.Length, most)];
            to.Write(bytes.Span);
            from.Advance(bytes.Length);
            most -= bytes.Length;
            carried = true;
        }

        return carried;
    }
}
