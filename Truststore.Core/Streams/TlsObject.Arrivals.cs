using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Truststore.Streams;

namespace Truststore;

/// <content>How the SslStream inside is driven.</content>
public sealed partial class TlsObject
{
    /// <summary>Carries the handshake on, and then whatever brings decrypted bytes or the end.</summary>
    /// <returns>Never Closed: what has arrived may be the end.</returns>
    [SuppressMessage("Usage", "CA2012:Use ValueTasks correctly", Justification = "It is kept until it is complete, and then consumed once.")]
    private TlsStatus AwaitArrival()
    {
        _failure?.Throw();
        if (DoHandshake() is var status and not TlsStatus.Done)
        {
            return status;
        }

        using var turn = Turn.Begin(ref _isTurnTaken);
        try
        {
            if (!_isArrivalAwaited)
            {
                // Of no bytes: it completes when there are some, without a buffer that the caller would have to leave alone meanwhile.
                _arrival = _ssl.ReadAsync(Memory<byte>.Empty, CancellationToken.None);
                _isArrivalAwaited = true;
            }

            if (!Settle(isHandshake: false))
            {
                return TlsStatus.WantRead;
            }

            _isArrivalAwaited = false;
            var arrival = _arrival;
            _arrival = default;
            arrival.GetAwaiter().GetResult();
            return TlsStatus.Done;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    /// <summary>Takes what has arrived, which is decrypted already: this neither waits nor asks for more.</summary>
    private int ReadArrived(Span<byte> destination)
    {
        using var turn = Turn.Begin(ref _isTurnTaken);
        try
        {
            return _ssl.Read(destination);
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    private void FillPlaintext()
    {
        if (_plaintextBuffer.Length == 0)
        {
            _plaintextBuffer = new byte[MaxRecordPlaintext];
        }

        _plaintext = _plaintextBuffer.AsMemory(0, ReadArrived(_plaintextBuffer));
    }

    /// <summary>After a clean close nobody has asked for the end of the peer's bytes.</summary>
    private TlsStatus End() => !_stream.IsEofRead
        ? TlsStatus.Closed
        : throw new EndOfStreamException("The peer's bytes ended without close_notify (RFC 8446 §6.1): what was read may have been cut off on the way. Where the protocol inside marks its own end, that end says whether all came.");

    /// <summary>Feeds the pending operation until it is complete, or wants bytes that are not there.</summary>
    private bool Settle(bool isHandshake)
    {
        var spin = default(SpinWait);
        while (!(isHandshake ? _handshake!.IsCompleted : _arrival.IsCompleted))
        {
            if (!_stream.IsReadPending)
            {
                // Only under a TaskScheduler of the caller's does something go on elsewhere; it will be back at once.
                spin.SpinOnce();
            }
            else if (!_stream.TryPump())
            {
                return false;
            }
        }

        return true;
    }
}
