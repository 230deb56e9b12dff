using System.Buffers;

namespace Truststore;

/// <summary>A queue of bytes in memory between a <see cref="TlsObject"/> and whatever carries its records. Python: <c>ssl.MemoryBIO</c>. Not thread-safe.</summary>
/// <remarks>Grows as needed; who writes faster than the other side reads bounds it by <see cref="Pending"/>. Its memory is pooled, and goes back as it is read.</remarks>
public sealed class MemoryBio : IDisposable
{
    /// <summary>Room for the largest TLS record, so that most writes are one copy into one segment.</summary>
    private const int SegmentSize = 32 * 1024;

    private readonly Queue<Segment> _segments = new();
    private Segment? _last;
    private Segment? _spare;
    private long _pending;
    private bool _isDisposed;

    /// <summary>How many bytes wait to be read. Python: <c>pending</c>.</summary>
    public long Pending => _pending;

    /// <summary>Whether everything was read and <see cref="WriteEof"/> was called. Python: <c>eof</c>.</summary>
    public bool Eof => IsEofWritten && _pending == 0;

    /// <summary>Whether no more bytes come behind those that wait.</summary>
    internal bool IsEofWritten { get; private set; }

    /// <summary>Takes bytes off the front. Python: <c>read()</c>.</summary>
    /// <param name="destination">Where they go.</param>
    /// <returns>How many; 0 where none wait, which at <see cref="Eof"/> stays so.</returns>
    /// <exception cref="ObjectDisposedException">The queue was disposed.</exception>
    public int Read(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var count = 0;
        while (count < destination.Length && _segments.TryPeek(out var first))
        {
            var source = first.Waiting.Span;
            source = source[..Math.Min(source.Length, destination.Length - count)];
            source.CopyTo(destination[count..]);
            count += source.Length;
            Advance(source.Length);
        }

        return count;
    }

    /// <summary>Takes all bytes that wait. Python: <c>read()</c> without a size.</summary>
    /// <returns>The bytes; empty where none wait.</returns>
    /// <exception cref="ObjectDisposedException">The queue was disposed.</exception>
    public byte[] Read()
    {
        var all = new byte[_pending];
        Read(all);
        return all;
    }

    /// <summary>Shows the bytes at the front without taking or copying them, for example to send them.</summary>
    /// <returns>Some or all of those that wait, at least one if any does. Valid until the next call that takes bytes.</returns>
    /// <exception cref="ObjectDisposedException">The queue was disposed.</exception>
    public ReadOnlyMemory<byte> Peek()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _segments.TryPeek(out var first) ? first.Waiting : default;
    }

    /// <summary>Takes bytes off the front that <see cref="Peek"/> has shown.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer, or the number is negative.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _pending);
        _pending -= count;
        while (count > 0)
        {
            var first = _segments.Peek();
            var taken = Math.Min(count, first.Waiting.Length);
            first.Start += taken;
            count -= taken;
            if (first.Start == first.End)
            {
                Release(_segments.Dequeue());
            }
        }
    }

    /// <summary>Adds bytes at the end. Python: <c>write()</c>.</summary>
    /// <param name="source">The bytes; copied.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called.</exception>
    /// <exception cref="ObjectDisposedException">The queue was disposed.</exception>
    public void Write(ReadOnlySpan<byte> source)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (IsEofWritten)
        {
            throw new InvalidOperationException("A MemoryBio takes no more bytes after WriteEof().");
        }

        _pending += source.Length;
        while (!source.IsEmpty)
        {
            var room = Room();
            var taken = Math.Min(room.Length, source.Length);
            source[..taken].CopyTo(room);
            _last!.End += taken;
            source = source[taken..];
        }
    }

    /// <summary>Says that no more bytes come. Python: <c>write_eof()</c>.</summary>
    public void WriteEof() => IsEofWritten = true;

    /// <summary>Gives the memory back. What waited is lost.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _pending = 0;
        while (_segments.TryDequeue(out var segment))
        {
            Return(segment.Buffer);
        }

        Return(_spare?.Buffer);
        _spare = null;
        _last = null;
    }

    private Span<byte> Room()
    {
        if (_last is null || _last.End == _last.Buffer.Length)
        {
            _last = _spare ?? new Segment(ArrayPool<byte>.Shared.Rent(SegmentSize));
            _spare = null;
            _segments.Enqueue(_last);
        }

        return _last.Buffer.AsSpan(_last.End);
    }

    /// <summary>Keeps one buffer at hand: a queue that is emptied as it is filled needs no other.</summary>
    private void Release(Segment segment)
    {
        if (segment == _last)
        {
            _last = null;
        }

        if (_spare is null)
        {
            segment.Start = 0;
            segment.End = 0;
            _spare = segment;
        }
        else
        {
            Return(segment.Buffer);
        }
    }

    private static void Return(byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private sealed class Segment(byte[] buffer)
    {
        internal byte[] Buffer { get; } = buffer;

        internal int Start { get; set; }

        internal int End { get; set; }

        internal ReadOnlyMemory<byte> Waiting => Buffer.AsMemory(Start, End - Start);
    }
}
