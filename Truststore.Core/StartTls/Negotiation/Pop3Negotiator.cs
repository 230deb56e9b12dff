namespace Truststore.Negotiation;

/// <summary>POP3: CAPA (RFC 2449 §5) and STLS (RFC 2595 §4).</summary>
internal sealed class Pop3Negotiator : INegotiator
{
    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        if (!await ReadStatusAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw session.Refused("the server does not serve this client.");
        }

        await session.SendAsync(StartTlsStep.Capabilities, "CAPA\r\n", cancellationToken).ConfigureAwait(false);
        if (!await ReadStatusAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("the server does not know CAPA, so that it tells no capabilities.");
        }

        if (!await DottedLines.ContainAsync(session, "STLS", cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("STLS is not among its capabilities.");
        }

        await session.SendAsync(StartTlsStep.Request, "STLS\r\n", cancellationToken).ConfigureAwait(false);
        if (!await ReadStatusAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw session.Refused("the server declined STLS.");
        }
    }

    // RFC 1939 §3: a status indicator in upper case, and perhaps a text.
    private static async Task<bool> ReadStatusAsync(PlaintextSession session, CancellationToken cancellationToken) =>
        (await session.ReadLineAsync(cancellationToken).ConfigureAwait(false)).Split(' ')[0] switch
        {
            "+OK" => true,
            "-ERR" => false,
            _ => throw session.Unexpected("the reply begins with neither +OK nor -ERR."),
        };
}
