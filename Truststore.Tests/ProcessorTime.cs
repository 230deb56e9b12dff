using System.Diagnostics;
using System.Globalization;

namespace Truststore.Tests;

/// <summary>How long a thread has been on a processor, so that it does not matter what else the machine does.</summary>
internal sealed class ProcessorTime
{
    // Of a thread: time on a processor, time in the queue, number of turns. The first is in nanoseconds and is brought up to date
    // every few milliseconds.
    private const string Statistics = "schedstat";

    private readonly string? _file;

    private ProcessorTime(string? file) => _file = file;

    /// <summary>The clock of the calling thread, which other threads may read; the machine's where the kernel has none.</summary>
    internal static ProcessorTime OfThisThread()
    {
        var thread = new FileInfo("/proc/thread-self").LinkTarget;
        var file = thread is null ? null : Path.Combine("/proc", thread, Statistics);
        return new ProcessorTime(File.Exists(file) ? file : null);
    }

    /// <summary>The time that an action takes; never more than the machine's clock has it.</summary>
    internal static TimeSpan Of(Action action)
    {
        var clock = OfThisThread();
        var before = clock.Read();
        var start = Stopwatch.GetTimestamp();
        action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = clock.Read() - before;
        return used < elapsed ? used : elapsed;
    }

    /// <summary>The time from some moment on.</summary>
    internal TimeSpan Read() => _file is null
        ? Stopwatch.GetElapsedTime(0)
        : TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(_file).Split(' ')[0], CultureInfo.InvariantCulture) / 1000);
}
