using System.Diagnostics;
using System.Globalization;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>How long something keeps this thread's processor, so that it does not matter what else the machine does.</summary>
internal static class ProcessorTime
{
    // Time on a processor, time in the queue, number of turns; the first in nanoseconds, brought up to date every few milliseconds.
    private const string Statistics = "/proc/thread-self/schedstat";

    /// <summary>The time that an action takes; where the kernel keeps no such statistics, as the clock has it.</summary>
    internal static TimeSpan Of(Action action)
    {
        var before = Read();
        var start = Stopwatch.GetTimestamp();
        action();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = Read() - before;
        return used is { } time && time < elapsed ? time : elapsed;
    }

    private static TimeSpan? Read() => File.Exists(Statistics)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Statistics).Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : null;
}
