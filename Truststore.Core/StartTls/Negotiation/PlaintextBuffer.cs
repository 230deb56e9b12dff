namespace Truststore.Negotiation;

/// <summary>What has been received and not been read yet; and the beginning of what was received for the last command, for error messages.</summary>
internal sealed class PlaintextBuffer(Stream stream, StartTlsOptions options)
{
    private const int InitialSize = 4096;

    private byte[] _buffer = new byte[Math.Min(InitialSize, options.MaxPlaintextBytes)];
    private int _start;
    private int _end;
    private byte[] _heard = [];

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
            return _heard;
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
    internal void Forget() => _heard = [];

    private void Hear(ReadOnlySpan<byte> bytes)
    {
        if (_heard.Length <= ReplyText.MaxLength)
        {
            _heard = [.. _heard, .. bytes[..Math.Min(bytes.Length, ReplyText.MaxLength + 1 - _heard.Length)]];
        }
    }

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
