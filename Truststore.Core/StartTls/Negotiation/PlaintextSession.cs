using System.Net.Security;
using System.Text;

namespace Truststore.Negotiation;

/// <summary>The plaintext part of a connection: bounded reading, writing in step with the server, and errors that say how far it came.</summary>
internal sealed class PlaintextSession(Stream stream, StartTlsProtocol protocol, ReferenceIdentifier reference, StartTlsOptions options)
{
    /// <summary>How much of what a server or a failed stream says goes into an exception, in characters.</summary>
    internal const int MaxServerText = 512;

    private readonly PlaintextBuffer _received = new(stream, options);
    private int _lines;

    internal StartTlsProtocol Protocol => protocol;

    /// <summary>Who the server must prove to be.</summary>
    internal ReferenceIdentifier Reference => reference;

    internal StartTlsOptions Options => options;

    /// <summary>How far the upgrade has come.</summary>
    internal StartTlsStep Step { get; private set; }

    /// <summary>Runs the upgrade within its time; whatever goes wrong, the connection is closed.</summary>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> upgrade, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await upgrade(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException("The upgrade to TLS was cancelled; the connection is closed.", error, cancellationToken)
                : Fail(StartTlsFailureReason.Timeout, $"it did not come to an end within {options.Timeout.TotalSeconds:0.###} s.", inner: error);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a command at the next step. What the server has said so far has to be read: what nobody has asked for is not an answer.</summary>
    internal Task SendAsync(StartTlsStep step, string command, CancellationToken cancellationToken) => SendAsync(step, Encoding.UTF8.GetBytes(command), cancellationToken);

    /// <inheritdoc cref="SendAsync(StartTlsStep, string, CancellationToken)"/>
    internal Task SendAsync(StartTlsStep step, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!_received.IsEmpty)
        {
            throw Injected("bytes arrived that nobody had asked for, before the next command went out.", _received.Unread.ToArray());
        }

        return SendInAnyCaseAsync(step, message, cancellationToken);
    }

    /// <summary>As <see cref="SendAsync(StartTlsStep, string, CancellationToken)"/> in a protocol whose servers speak unasked.</summary>
    internal async Task SendInAnyCaseAsync(StartTlsStep step, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Step = step;
        _lines = 0;
        _received.Forget();
        try
        {
            await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw Closed(error);
        }
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The line without its end, one character an octet.</returns>
    internal async ValueTask<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        CountLine();
        for (var searched = 0; ;)
        {
            var end = _received.Unread[searched..].IndexOf((byte)'\n');
            var length = end < 0 ? _received.Unread.Length : searched + end;
            if (length > options.MaxLineLength + 1)
            {
                throw LimitExceeded($"a line is longer than {options.MaxLineLength} bytes (StartTlsOptions.MaxLineLength).");
            }

            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(_received.Take(length + 1)[..length]);
                return line.EndsWith('\r') ? line[..^1] : line;
            }

            searched = length;
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
            RejectTls(_received.Unread);
        }
    }

    /// <summary>Reads a number of octets.</summary>
    internal async ValueTask<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        if (count > options.MaxPlaintextBytes)
        {
            throw LimitExceeded($"a message announces {count} bytes, more than {options.MaxPlaintextBytes} (StartTlsOptions.MaxPlaintextBytes).");
        }

        while (_received.Unread.Length < count)
        {
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }

        return _received.Take(count).ToArray();
    }

    /// <summary>Reads one octet.</summary>
    internal async ValueTask<byte> ReadOctetAsync(CancellationToken cancellationToken)
    {
        if (_received.IsEmpty)
        {
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }

        return _received.Take(1)[0];
    }

    /// <summary>Fails on the beginning of an alert or a handshake record: the usual answer of a port that speaks TLS only.</summary>
    internal void RejectTls(ReadOnlySpan<byte> received)
    {
        if (received is [TlsRecordsOnlyStream.Alert or TlsRecordsOnlyStream.Handshake, 3, ..])
        {
            throw Unexpected("the server speaks TLS from the first byte on this port.");
        }
    }

    /// <summary>Counts a line, or what a protocol has in place of lines.</summary>
    internal void CountLine()
    {
        if (++_lines > options.MaxReplyLines)
        {
            throw LimitExceeded($"a reply has more than {options.MaxReplyLines} lines (StartTlsOptions.MaxReplyLines).");
        }
    }

    /// <summary>Ends the plaintext part. Whatever is left of it was never meant to be plaintext (CVE-2011-0411).</summary>
    internal Stream BeginTls()
    {
        if (!_received.IsEmpty)
        {
            throw Injected("bytes followed the server's go-ahead in plaintext.", _received.Unread.ToArray());
        }

        Step = StartTlsStep.Handshake;
        _received.Forget();
        return new TlsRecordsOnlyStream(stream, start => Injected("plaintext followed the server's go-ahead, where the TLS handshake has to begin.", start));
    }

    /// <summary>Lets no other application protocol than the protocol's own pass.</summary>
    internal void CheckApplicationProtocol(SslApplicationProtocol negotiated)
    {
        var description = NegotiatorTable.Get(protocol);
        if (description.RequiresApplicationProtocol && negotiated != description.ApplicationProtocol)
        {
            throw Fail(StartTlsFailureReason.HandshakeFailed, $"the server did not choose the application protocol '{description.ApplicationProtocol}' (ALPN), which is required where TLS begins with the first byte.");
        }
    }

    /// <summary>What a server said, for an exception.</summary>
    internal static string Show(ReadOnlySpan<byte> octets) => SafeText.ShowUtf8(octets, MaxServerText);

    internal StartTlsException NotOffered(string what) => Fail(StartTlsFailureReason.NotOffered, what);

    internal StartTlsException Refused(string what, string? serverSaid = null) => Fail(StartTlsFailureReason.Refused, what, serverSaid);

    internal StartTlsException Unexpected(string what, Exception? inner = null) => Fail(StartTlsFailureReason.UnexpectedReply, what, inner: inner);

    internal StartTlsException LimitExceeded(string what) => Fail(StartTlsFailureReason.LimitExceeded, what);

    internal StartTlsException HandshakeFailed(Exception error) => error is IOException
        ? Closed(error)
        : Fail(StartTlsFailureReason.HandshakeFailed, MessageOf(error) + ".", inner: error);

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_received.Total >= options.MaxPlaintextBytes)
            {
                throw LimitExceeded($"there are more than {options.MaxPlaintextBytes} bytes before TLS (StartTlsOptions.MaxPlaintextBytes).");
            }

            if (!await _received.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw Closed(inner: null);
            }
        }
        catch (IOException error)
        {
            throw Closed(error);
        }
    }

    private StartTlsException Closed(Exception? inner) => Fail(
        StartTlsFailureReason.ConnectionClosed,
        inner is null ? "the server closed the connection." : $"the connection broke: {MessageOf(inner)}.",
        inner: inner);

    private static string MessageOf(Exception error) => SafeText.Show(error.GetBaseException().Message.TrimEnd('.'), MaxServerText);

    private StartTlsException Injected(string what, ReadOnlyMemory<byte> bytes) => Fail(StartTlsFailureReason.InjectedData, what, Show(bytes.Span));

    internal StartTlsException Fail(StartTlsFailureReason reason, string what, string? serverSaid = null, Exception? inner = null)
    {
        var heard = _received.Heard;
        return new StartTlsException(protocol, reference.Value, Step, reason, what, serverSaid ?? (heard.IsEmpty ? null : Show(heard)), inner);
    }
}
