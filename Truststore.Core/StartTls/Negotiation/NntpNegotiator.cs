namespace Truststore.Negotiation;

/// <summary>NNTP: CAPABILITIES (RFC 3977 §5.2) and STARTTLS (RFC 4642 §2).</summary>
internal sealed class NntpNegotiator : INegotiator
{
    private const int PostingAllowed = 200;
    private const int PostingProhibited = 201;
    private const int CapabilityList = 101;
    private const int ContinueWithTls = 382;

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var greeting = await Reply.ReadStatusLineAsync(session, cancellationToken).ConfigureAwait(false);
        if (greeting.Code is not (PostingAllowed or PostingProhibited))
        {
            throw greeting.IsNegative ? session.Refused("the server does not serve this client.") : session.Unexpected("the greeting has neither the code 200 nor 201.");
        }

        await session.SendAsync(StartTlsStep.Capabilities, "CAPABILITIES\r\n", cancellationToken).ConfigureAwait(false);
        var capabilities = await Reply.ReadStatusLineAsync(session, cancellationToken).ConfigureAwait(false);
        if (capabilities.Code != CapabilityList)
        {
            throw capabilities switch
            {
                { Code: 500 } => session.NotOffered("the server does not know CAPABILITIES, so that it tells none."),
                { IsNegative: true } => session.Refused("the server declined CAPABILITIES."),
                _ => session.Unexpected("the reply to CAPABILITIES does not have the code 101."),
            };
        }

        if (!await DottedLines.ContainAsync(session, "STARTTLS", cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("STARTTLS is not among its capabilities.");
        }

        await session.SendAsync(StartTlsStep.Request, "STARTTLS\r\n", cancellationToken).ConfigureAwait(false);
        var reply = await Reply.ReadStatusLineAsync(session, cancellationToken).ConfigureAwait(false);
        if (reply.Code != ContinueWithTls)
        {
            throw reply.IsNegative ? session.Refused("the server declined STARTTLS.") : session.Unexpected("the reply to STARTTLS does not have the code 382.");
        }
    }
}
