namespace Truststore.Tests.Cli;

/// <summary>A clock that stands still. Its timers never go off, so that no run is given up for being slow, unless they are those of the machine.</summary>
internal sealed class FixedTimeProvider(DateTimeOffset now) : TimeProvider
{
    /// <summary>Whether timers go off, by the machine's clock.</summary>
    internal bool RunsTimers { get; init; }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, RunsTimers ? dueTime : Timeout.InfiniteTimeSpan, period);
}
