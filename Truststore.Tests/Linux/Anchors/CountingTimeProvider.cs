namespace Truststore.Tests.Linux.Anchors;

/// <summary>Another clock's time, and how often it was asked for.</summary>
internal sealed class CountingTimeProvider(TimeProvider clock) : TimeProvider
{
    private int _timesAsked;

    public override long TimestampFrequency => clock.TimestampFrequency;

    internal int TimesAsked => Volatile.Read(ref _timesAsked);

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _timesAsked);
        return clock.GetUtcNow();
    }

    public override long GetTimestamp() => clock.GetTimestamp();
}
