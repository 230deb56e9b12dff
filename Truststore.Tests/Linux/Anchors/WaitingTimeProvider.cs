namespace Truststore.Tests.Linux.Anchors;

/// <summary>Another clock's time; whoever waits by it is through at once, and something happens meanwhile.</summary>
internal sealed class WaitingTimeProvider(TimeProvider clock, Action meanwhile) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    internal int Waits { get; private set; }

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        meanwhile();
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
