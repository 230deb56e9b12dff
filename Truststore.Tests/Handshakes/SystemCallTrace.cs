using System.Globalization;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>The system calls of this process that name a file, seen by strace from the outside, on every thread.</summary>
internal static class SystemCallTrace
{
    private const string Attached = "attached";

    /// <summary>Does something and records the calls meanwhile.</summary>
    /// <returns>One line a call, each beginning with the number of its thread. The first one is this method's own mark, made by the thread that calls <paramref name="action"/>.</returns>
    internal static async Task<IReadOnlyList<string>> RecordAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        var program = ChildProcess.Require("strace");
        using var folder = new TemporaryDirectory();
        var output = folder.PathOf("trace");
        var begin = $"/truststore-{Guid.NewGuid():N}-begin";
        var end = $"/truststore-{Guid.NewGuid():N}-end";
        using var strace = await AttachAsync(program, output);

        _ = File.Exists(begin);
        await action();
        _ = File.Exists(end);

        using var kill = ChildProcess.Start(ChildProcess.Require("sh"), "-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {strace.Id}"));
        await strace.WaitForExitAsync(cancellationToken);
        var calls = (await File.ReadAllLinesAsync(output, cancellationToken)).ToList();
        var first = calls.FindIndex(call => call.Contains(begin, StringComparison.Ordinal));
        var last = calls.FindIndex(call => call.Contains(end, StringComparison.Ordinal));
        Assert.That(first >= 0 && last > first, "the trace sees what this process does");

        // What strace shows in two parts is named in the first.
        return calls[first..last].FindAll(call => !call.Contains(" resumed>", StringComparison.Ordinal));
    }

    internal static string ThreadOf(string call) => call[..call.IndexOf(' ', StringComparison.Ordinal)];

    private static async Task<ChildProcess> AttachAsync(string program, string output)
    {
        // Fails where the kernel has no such rule, and where it would not help; the attempt will tell.
        _ = NativeMethods.ProcessControl(NativeMethods.SetTracer, -1);
        var strace = ChildProcess.Start(program, "-f", "-e", "trace=%file", "-o", output, "-p", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        try
        {
            await strace.WaitForLineAsync(line => line.Contains(Attached, StringComparison.Ordinal));
            return strace;
        }
        catch (InvalidOperationException error)
        {
            strace.Dispose();
            TestPrerequisites.Missing($"the permission to trace this process with strace (in a container: --cap-add SYS_PTRACE); {error.Message}");
            throw;
        }
    }
}
