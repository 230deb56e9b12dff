namespace Truststore.Negotiation;

/// <summary>SMTP and LMTP: STARTTLS (RFC 3207), offered in the reply to EHLO (RFC 5321 §4.1.1.1) or LHLO (RFC 2033 §4.1).</summary>
internal sealed class SmtpNegotiator(string hello) : INegotiator
{
    private const string DefaultClientName = "[127.0.0.1]";
    private const int ServiceReady = 220;
    private const int Ok = 250;

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var greeting = await Reply.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        Require(session, greeting, ServiceReady, "the server does not serve this client.");

        await session.SendAsync(StartTlsStep.Capabilities, $"{hello} {session.Options.ClientName ?? DefaultClientName}\r\n", cancellationToken).ConfigureAwait(false);
        var capabilities = await Reply.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        if (capabilities.Code is 500 or 502)
        {
            throw session.NotOffered($"the server does not know {hello}, so that it knows no extensions.");
        }

        Require(session, capabilities, Ok, $"the server declined {hello}.");

        // The first line is the server's name and a greeting.
        if (!capabilities.Lines.Skip(1).Any(line => line.Trim().Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
        {
            throw session.NotOffered("STARTTLS is not among its extensions.");
        }

        await session.SendAsync(StartTlsStep.Request, "STARTTLS\r\n", cancellationToken).ConfigureAwait(false);
        Require(session, await Reply.ReadAsync(session, cancellationToken).ConfigureAwait(false), ServiceReady, "the server declined STARTTLS.");
    }

    private static void Require(PlaintextSession session, Reply reply, int code, string refusal)
    {
        if (reply.Code != code)
        {
            throw reply.IsNegative ? session.Refused(refusal) : session.Unexpected($"the reply has the code {reply.Code} in place of {code}.");
        }
    }
}
