using System.Globalization;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>The system calls of this process that name a file, seen by strace from the outside, on every thread.</summary>
internal sealed class SystemCallTrace : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly string _output;
    private readonly ChildProcess _strace;

    private SystemCallTrace(TemporaryFolder folder, string output, ChildProcess strace)
    {
        _folder = folder;
        _output = output;
        _strace = strace;
    }

    internal static async Task<SystemCallTrace> AttachAsync(CancellationToken cancellationToken)
    {
        var program = ChildProcess.Require("strace");
        var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "trace");
        var strace = ChildProcess.Start(program, "-f", "-e", "trace=%file", "-o", output, "-p", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        await strace.WaitForLineAsync(line => line.Contains("attached", StringComparison.Ordinal));
        return new SystemCallTrace(folder, output, strace);
    }

    internal async Task<string[]> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = ChildProcess.Start("/bin/sh", "-c", $"kill -TERM {_strace.Id}");
        await kill.WaitForExitAsync(cancellationToken);
        await _strace.WaitForExitAsync(cancellationToken);
        return await File.ReadAllLinesAsync(_output, cancellationToken);
    }

    public void Dispose()
    {
        _strace.Dispose();
        _folder.Dispose();
    }
}
