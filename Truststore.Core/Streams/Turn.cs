namespace Truststore.Streams;

/// <summary>
/// One call's turn at a <see cref="TlsObject"/>. While it lasts nothing captures the caller's synchronisation context, on
/// which it would have to be waited for, and no second call gets in.
/// </summary>
internal readonly ref struct Turn
{
    private readonly SynchronizationContext? _previous;
    private readonly ref bool _isTaken;

    private Turn(SynchronizationContext? previous, ref bool isTaken)
    {
        _previous = previous;
        _isTaken = ref isTaken;
    }

    /// <param name="isTaken">Whether a turn lasts; the object's own field.</param>
    /// <exception cref="InvalidOperationException">One does: the call comes from a callback that runs within another call.</exception>
    internal static Turn Begin(ref bool isTaken)
    {
        if (isTaken)
        {
            throw new InvalidOperationException(
                "The TlsObject is in the middle of another call. A callback that runs within it "
                + "(VerificationObserver, SniCallback, a verifier) cannot read, write or carry the handshake on.");
        }

        isTaken = true;
        var current = SynchronizationContext.Current;
        if (current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        return new Turn(current, ref isTaken);
    }

    public void Dispose()
    {
        _isTaken = false;
        if (_previous is not null)
        {
            SynchronizationContext.SetSynchronizationContext(_previous);
        }
    }
}
