using System.Globalization;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes.Servers;

/// <summary><c>openssl s_server</c> with one certificate. Answers an HTTP/1.0 request with a page about the handshake.</summary>
internal sealed class OpenSslServer : ITlsServer
{
    private const string Ready = "ACCEPT ";

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _process;

    private OpenSslServer(TemporaryFolder folder, ChildProcess process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <param name="sentChain">What the server sends, its own certificate first.</param>
    internal static Task<OpenSslServer> StartAsync(IReadOnlyList<IssuedCertificate> sentChain) =>
        StartAsync(sentChain[0].ExportPem(), sentChain[0].ExportKeyPem(), string.Concat(sentChain.Skip(1).Select(c => c.ExportPem())));

    /// <param name="certificate">The server's certificate, PEM.</param>
    /// <param name="key">Its private key, PEM.</param>
    /// <param name="chain">What else it sends, PEM; may be empty.</param>
    internal static async Task<OpenSslServer> StartAsync(string certificate, string key, string chain)
    {
        var folder = new TemporaryFolder();
        List<string> arguments =
        [
            "s_server",
            "-accept", "127.0.0.1:0",
            "-cert", folder.Write("server.pem", certificate),
            "-key", folder.Write("key.pem", key),
            "-cipher", "DEFAULT@SECLEVEL=0",
            "-alpn", "h2,http/1.1",
            "-www",
        ];
        if (chain.Length > 0)
        {
            arguments.AddRange(["-cert_chain", folder.Write("chain.pem", chain)]);
        }

        var process = ChildProcess.Start(ChildProcess.Require("openssl"), arguments);
        try
        {
            var line = await process.WaitForLineAsync(l => l.StartsWith(Ready, StringComparison.Ordinal));
            return new OpenSslServer(folder, process, int.Parse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
        }
        catch
        {
            process.Dispose();
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }
}
