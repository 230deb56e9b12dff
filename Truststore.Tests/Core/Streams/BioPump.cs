using System.Text;

namespace Truststore.Tests.Core.Streams;

/// <summary>A TLS object, and what carries its bytes from and to another program, so many at a time.</summary>
internal sealed class BioPump(TlsContext context, string? host, Stream input, Stream output, int receiveSize = 16 * 1024) : IDisposable
{
    private readonly MemoryBio _incoming = new();
    private readonly MemoryBio _outgoing = new();
    private readonly byte[] _buffer = new byte[receiveSize];
    private readonly byte[] _plaintext = new byte[1];

    internal TlsObject Tls => field ??= context.WrapBio(_incoming, _outgoing, host);

    /// <summary>Repeats a step until it wants no more bytes.</summary>
    internal async Task<TlsStatus> RunAsync(Func<TlsObject, TlsStatus> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            TlsStatus status;
            try
            {
                status = step(Tls);
            }
            finally
            {
                await SendAsync(cancellationToken);
            }

            if (status != TlsStatus.WantRead)
            {
                return status;
            }

            await ReceiveAsync(cancellationToken);
        }
    }

    internal Task<TlsStatus> HandshakeAsync(CancellationToken cancellationToken) => RunAsync(static tls => tls.DoHandshake(), cancellationToken);

    internal Task<TlsStatus> WriteAsync(string text, CancellationToken cancellationToken) => RunAsync(tls => tls.Write(Encoding.UTF8.GetBytes(text)), cancellationToken);

    internal Task<TlsStatus> UnwrapAsync(CancellationToken cancellationToken) => RunAsync(static tls => tls.Unwrap(), cancellationToken);

    /// <summary>Reads up to the end of a line, or of the connection.</summary>
    internal async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (await RunAsync(tls => tls.Read(_plaintext, out _), cancellationToken) == TlsStatus.Done && _plaintext[0] != '\n')
        {
            line.Append((char)_plaintext[0]);
        }

        return line.ToString();
    }

    internal async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = await input.ReadAsync(_buffer, cancellationToken);
        if (count == 0)
        {
            _incoming.WriteEof();
        }
        else
        {
            _incoming.Write(_buffer.AsSpan(0, count));
        }
    }

    public void Dispose()
    {
        Tls.Dispose();
        _incoming.Dispose();
        _outgoing.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (_outgoing.Pending > 0)
        {
            var bytes = _outgoing.Peek();
            await output.WriteAsync(bytes, cancellationToken);
            _outgoing.Advance(bytes.Length);
            await output.FlushAsync(cancellationToken);
        }
    }
}
