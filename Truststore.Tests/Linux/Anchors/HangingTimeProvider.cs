namespace Truststore.Tests.Linux.Anchors;

/// <summary>
/// Another clock's time. Asking it for the date blocks while it is told to, as looking at a file does whose file system
/// does not answer.
/// </summary>
internal sealed class HangingTimeProvider(TimeProvider clock) : TimeProvider, IDisposable
{
    private readonly ManualResetEventSlim _isOpen = new(initialState: true);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow()
    {
        _isOpen.Wait();
        return clock.GetUtcNow();
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public void Dispose() => _isOpen.Dispose();

    internal void Hang() => _isOpen.Reset();

    internal void GoOn() => _isOpen.Set();
}
