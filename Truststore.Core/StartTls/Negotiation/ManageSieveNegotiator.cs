namespace Truststore.Negotiation;

/// <summary>ManageSieve: capabilities in the greeting (RFC 5804 §1.7) and STARTTLS (§2.2).</summary>
internal sealed class ManageSieveNegotiator : INegotiator
{
    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        if (!await ReadGreetingAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("STARTTLS is not among its capabilities.");
        }

        await session.SendAsync(StartTlsStep.Request, "STARTTLS\r\n", cancellationToken).ConfigureAwait(false);
        var response = await LiteralLine.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        if (!IsOk(session, response, "the server declined STARTTLS."))
        {
            throw session.Unexpected("the response to STARTTLS is none of OK, NO and BYE.");
        }
    }

    // Whether the capability is there.
    private static async Task<bool> ReadGreetingAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var offersTls = false;
        while (true)
        {
            var line = await LiteralLine.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (!line.StartsWith('"') && !line.StartsWith('{'))
            {
                return IsOk(session, line, "the server does not serve this client.") ? offersTls : throw session.Unexpected("a line of the greeting is neither a capability nor a response.");
            }

            offersTls |= line.Split(' ')[0].Equals("\"STARTTLS\"", StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool IsOk(PlaintextSession session, string line, string refusal) => line.Split(' ', '(')[0].ToUpperInvariant() switch
    {
        "OK" => true,
        "NO" or "BYE" => throw session.Refused(refusal),
        _ => false,
    };
}
