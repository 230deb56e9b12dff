namespace Truststore.Streams;

/// <summary>While it lives nothing captures the caller's synchronisation context, on which it would have to be waited for.</summary>
internal readonly ref struct Inline
{
    private readonly SynchronizationContext? _previous;

    private Inline(SynchronizationContext? previous) => _previous = previous;

    internal static Inline Begin()
    {
        var current = SynchronizationContext.Current;
        if (current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        return new Inline(current);
    }

    public void Dispose()
    {
        if (_previous is not null)
        {
            SynchronizationContext.SetSynchronizationContext(_previous);
        }
    }
}
