using System.Runtime.InteropServices;

namespace Truststore.Negotiation;

/// <summary>What has been received and not been read yet; and the beginning of what was received for the last command, for error messages.</summary>
internal sealed class PlaintextBuffer(Stream stream, StartTlsOptions options)
{
    // More than is shown of any of it, whatever the octets.
    private const int MaxHeard = 4 * PlaintextSession.MaxServerText;
    private const int InitialSize = 4096;

    private readonly List<byte> _heard = [];
    private byte[] _buffer = new byte[Math.Min(InitialSize, options.MaxPlaintextBytes)];
    private int _start;
    private int _end;

    internal ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    internal bool IsEmpty => _start == _end;

    /// <summary>How many bytes have been received in all.</summary>
    internal int Total { get; private set; }

    /// <summary>The beginning of what was read since the last command.</summary>
    internal ReadOnlySpan<byte> Heard
    {
        get
        {
            Hear(Unread);
            return CollectionsMarshal.AsSpan(_heard);
        }
    }

    /// <summary>Receives some more bytes.</summary>
    /// <returns><see langword="false"/> at the connection's end.</returns>
    internal async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var room = Math.Min(_buffer.Length - _end, options.MaxPlaintextBytes - Total);
        var count = await stream.ReadAsync(_buffer.AsMemory(_end, room), cancellationToken).ConfigureAwait(false);
        _end += count;
        Total += count;
        return count > 0;
    }

    /// <summary>Takes bytes that are there.</summary>
    /// <returns>The bytes, until the next <see cref="FillAsync"/>.</returns>
    internal ReadOnlySpan<byte> Take(int count)
    {
        var taken = Unread[..count];
        Hear(taken);
        _start += count;
        return taken;
    }

    /// <summary>Begins to hear anew.</summary>
    internal void Forget() => _heard.Clear();

    private void Hear(ReadOnlySpan<byte> bytes) => _heard.AddRange(bytes[..Math.Min(bytes.Length, MaxHeard - _heard.Count)]);

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
