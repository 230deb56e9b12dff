namespace Truststore.Tests.Core.Negotiation;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly List<Action> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add(() => callback(state));
        return new Timer();
    }

    /// <summary>All timers go off.</summary>
    internal void Fire() => _timers.ForEach(timer => timer());

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
