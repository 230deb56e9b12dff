using System.Buffers.Binary;

namespace Truststore.Negotiation;

/// <summary>PostgreSQL: the SSLRequest message (PostgreSQL documentation, "Message Flow", "SSL Session Encryption"). The server says one octet.</summary>
internal sealed class PostgreSqlNegotiator : INegotiator
{
    private const int RequestLength = 8;
    private const int RequestCode = (1234 << 16) | 5679;

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var request = new byte[RequestLength];
        BinaryPrimitives.WriteInt32BigEndian(request, RequestLength);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(sizeof(int)), RequestCode);
        await session.SendAsync(StartTlsStep.Request, request, cancellationToken).ConfigureAwait(false);
        switch ((await session.ReadAsync(1, cancellationToken).ConfigureAwait(false))[0])
        {
            case (byte)'S':
                return;
            case (byte)'N':
                throw session.NotOffered("the server is set up without TLS.");
            case (byte)'E':
                throw session.Refused("the server answered with an error.", await ReadErrorAsync(session, cancellationToken).ConfigureAwait(false));
            default:
                throw session.Unexpected("the answer is none of S, N and E.");
        }
    }

    // ErrorResponse: a length that counts itself, then fields of a type octet and a text that ends with a zero. Before TLS anybody can have written it.
    private static async Task<string> ReadErrorAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(await session.ReadAsync(sizeof(int), cancellationToken).ConfigureAwait(false));
        if (length < sizeof(int))
        {
            throw session.Unexpected("the length of the error is malformed.");
        }

        var body = await session.ReadAsync(length - sizeof(int), cancellationToken).ConfigureAwait(false);
        for (var start = 0; start < body.Length && body[start] != 0;)
        {
            var text = body.AsSpan(start + 1);
            var end = text.IndexOf((byte)0) is var zero and >= 0 ? zero : text.Length;
            if (body[start] == (byte)'M')
            {
                return PlaintextSession.Show(text[..end]);
            }

            start += end + 2;
        }

        return PlaintextSession.Show(body);
    }
}
