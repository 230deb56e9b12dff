using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Core.Streams;

/// <summary>The interactive <c>openssl s_server</c> or <c>s_client</c> at the other end of a socket: what it receives it prints, what it is told it sends, and single letters are commands.</summary>
internal sealed class OpenSslPeer : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private ChildProcess? _process;
    private NetworkStream? _stream;

    internal ChildProcess Process => _process!;

    internal NetworkStream Stream => _stream!;

    /// <summary>Starts <c>s_server</c> with the trusted certificate, and connects to it.</summary>
    internal static async Task<OpenSslPeer> StartServerAsync(TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        var program = ChildProcess.Require("openssl");
        var server = HandshakePki.Instance[HandshakePki.Trusted].Server;
        var peer = new OpenSslPeer();
        try
        {
            peer._process = ChildProcess.Start(
                program,
                "s_server",
                "-accept",
                "127.0.0.1:0",
                Option(version),
                "-naccept",
                "1",
                "-cert",
                peer._folder.Write("server.pem", server.ExportPem()),
                "-key",
                peer._folder.Write("key.pem", server.ExportKeyPem()),
                "-cert_chain",
                peer._folder.Write("chain.pem", string.Concat(server.ServerChain.Skip(1).Select(c => c.ExportPem()))));
            var line = await peer._process.WaitForLineAsync(l => l.StartsWith("ACCEPT ", StringComparison.Ordinal));
            peer._stream = await TlsClient.OpenAsync(int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture), cancellationToken);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Starts <c>s_client</c>, which verifies the server, and accepts its connection.</summary>
    internal static async Task<OpenSslPeer> StartClientAsync(TlsProtocolVersion version, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var program = ChildProcess.Require("openssl");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = new OpenSslPeer();
        try
        {
            peer._process = ChildProcess.Start(
                program,
                [
                    "s_client",
                    "-connect",
                    listener.LocalEndpoint.ToString()!,
                    Option(version),
                    "-servername",
                    HandshakePki.Trusted,
                    "-verify_hostname",
                    HandshakePki.Trusted,
                    "-verify_return_error",
                    "-CAfile",
                    peer._folder.Write("root.pem", HandshakePki.Instance.Ca.RootPem),
                    "-attime",
                    HandshakePki.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                    .. arguments,
                ]);
            peer._stream = new NetworkStream(await listener.AcceptSocketAsync(cancellationToken), ownsSocket: true);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _process?.Dispose();
        _folder.Dispose();
    }

    private static string Option(TlsProtocolVersion version) => version == TlsProtocolVersion.Tls12 ? "-tls1_2" : "-tls1_3";
}
