using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Core.Streams;

/// <summary>Python's <c>ssl.SSLObject</c> in a process of its own; the records go through its standard input and output.</summary>
internal sealed class PythonPeer : IDisposable
{
    private const string SystemPython = "/usr/bin/python3";
    private const string None = "-";

    private readonly Process _process;
    private readonly Task<string> _report;

    private PythonPeer(Process process)
    {
        _process = process;
        _report = process.StandardError.ReadToEndAsync();
    }

    internal Stream Output => _process.StandardOutput.BaseStream;

    internal Stream Input => _process.StandardInput.BaseStream;

    internal static PythonPeer Start(bool isServer, TlsProtocolVersion version, int size, string host, string? caFile, string? certificateFile, string? keyFile)
    {
        var program = File.Exists(SystemPython) ? SystemPython : ChildProcess.Require("python3");
        var start = new ProcessStartInfo(
            program,
            [
                Path.Combine(AppContext.BaseDirectory, "Core", "Streams", "bio_peer.py"),
                isServer ? "server" : "client",
                version == TlsProtocolVersion.Tls12 ? "1.2" : "1.3",
                size.ToString(CultureInfo.InvariantCulture),
                host,
                caFile ?? None,
                certificateFile ?? None,
                keyFile ?? None,
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new PythonPeer(Process.Start(start)!);
    }

    /// <summary>Waits for the end of the process, which says how it went.</summary>
    internal async Task<JsonElement> ReportAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        var report = await _report;
        try
        {
            return JsonElement.Parse(report);
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"Python failed: {report}", error);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
