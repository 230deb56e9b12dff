namespace Truststore.Negotiation;

/// <summary>FTP: AUTH TLS on the control connection (RFC 4217 §4, RFC 2228 §3). It needs no offer in the reply to FEAT.</summary>
internal sealed class FtpNegotiator : INegotiator
{
    private const int ReadyInMinutes = 120;
    private const int ServiceReady = 220;
    private const int SecurityDataAccepted = 234;

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var greeting = await Reply.ReadFtpAsync(session, cancellationToken).ConfigureAwait(false);
        while (greeting.Code == ReadyInMinutes)
        {
            greeting = await Reply.ReadFtpAsync(session, cancellationToken).ConfigureAwait(false);
        }

        if (greeting.Code != ServiceReady)
        {
            throw greeting.IsNegative ? session.Refused("the server does not serve this client.") : session.Unexpected("the greeting does not have the code 220.");
        }

        await session.SendAsync(StartTlsStep.Request, "AUTH TLS\r\n", cancellationToken).ConfigureAwait(false);
        var reply = await Reply.ReadFtpAsync(session, cancellationToken).ConfigureAwait(false);
        if (reply.Code != SecurityDataAccepted)
        {
            throw reply switch
            {
                { Code: 500 or 502 or 504 } => session.NotOffered("the server does not know AUTH TLS."),
                { IsNegative: true } => session.Refused("the server declined AUTH TLS."),
                _ => session.Unexpected("the reply to AUTH TLS does not have the code 234."),
            };
        }
    }
}
