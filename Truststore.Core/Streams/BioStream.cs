using System.Threading.Tasks.Sources;

namespace Truststore.Streams;

/// <summary>
/// What an SslStream of a <see cref="TlsObject"/> reads from and writes to: two queues in memory. A read for which there are bytes completes at once; one for which there are none stays pending
/// until <see cref="TryPump"/>, and goes on there, on the caller's thread.
/// </summary>
internal sealed class BioStream(MemoryBio incoming, MemoryBio outgoing, HandshakeAllowance allowance) : Stream, IValueTaskSource<int>
{
    // Not asynchronously: whoever completes a read runs what waits for it.
    private ManualResetValueTaskSourceCore<int> _read;
    private Memory<byte> _destination;
    private bool _isReadPending;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the end of the peer's bytes was handed on; after a clean close nobody asks for it.</summary>
    internal bool IsEofRead { get; private set; }

    /// <summary>Whether a read waits for bytes. Set last when a read begins to wait, so that another thread that sees it may pump.</summary>
    internal bool IsReadPending => Volatile.Read(ref _isReadPending);

    /// <summary>Completes the pending read if there are bytes for it, and runs what waits for it.</summary>
    internal bool TryPump()
    {
        if (!IsReadPending || !HasBytesOrEnd)
        {
            return false;
        }

        Volatile.Write(ref _isReadPending, false);
        int count;
        try
        {
            count = ReadNow(_destination.Span);
        }
        catch (HandshakeTooLargeException error)
        {
            _read.SetException(error);
            return true;
        }

        _read.SetResult(count);
        return true;
    }

    public override int Read(Span<byte> buffer) => HasBytesOrEnd
        ? ReadNow(buffer)
        : throw new IOException("A TlsObject has no bytes to read and cannot wait for them.");

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (HasBytesOrEnd)
        {
            return new ValueTask<int>(ReadNow(buffer.Span));
        }

        _read.Reset();
        _destination = buffer;
        var pending = new ValueTask<int>(this, _read.Version);
        Volatile.Write(ref _isReadPending, true);
        return pending;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer) => outgoing.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => outgoing.Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        outgoing.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        outgoing.Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private bool HasBytesOrEnd => incoming.Pending > 0 || incoming.IsEofWritten;

    private int ReadNow(Span<byte> buffer)
    {
        allowance.ThrowIfUsedUp();
        var count = incoming.Read(buffer);
        allowance.Take(count);
        IsEofRead |= count == 0 && !buffer.IsEmpty;
        return count;
    }
}
