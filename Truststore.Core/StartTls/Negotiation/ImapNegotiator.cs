namespace Truststore.Negotiation;

/// <summary>IMAP: CAPABILITY and STARTTLS (RFC 9051 §6.1.1 and §6.2.1; the same in RFC 3501).</summary>
internal sealed class ImapNegotiator : INegotiator
{
    private const string Ok = "OK";

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var greeting = await ReadAsync(session, cancellationToken).ConfigureAwait(false);
        if (IsUntagged(greeting, "PREAUTH"))
        {
            // RFC 9051 §7.1.4: an authenticated connection cannot be upgraded, and a false PREAUTH is how one is kept from it.
            throw session.Refused("the server says that the client is authenticated already, in which state there is no STARTTLS; a connection without TLS cannot be trusted to be so.");
        }

        if (!IsUntagged(greeting, Ok))
        {
            throw IsUntagged(greeting, "BYE") ? session.Refused("the server does not serve this client.") : session.Unexpected("the greeting is none of IMAP.");
        }

        var offersTls = false;
        await CommandAsync(session, StartTlsStep.Capabilities, "A1", "CAPABILITY", line => offersTls |= IsUntagged(line, "CAPABILITY") && Words(line).Contains("STARTTLS", StringComparer.OrdinalIgnoreCase), cancellationToken).ConfigureAwait(false);
        if (!offersTls)
        {
            throw session.NotOffered("STARTTLS is not among its capabilities.");
        }

        await CommandAsync(session, StartTlsStep.Request, "A2", "STARTTLS", _ => { }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CommandAsync(PlaintextSession session, StartTlsStep step, string tag, string command, Action<string> untagged, CancellationToken cancellationToken)
    {
        await session.SendAsync(step, $"{tag} {command}\r\n", cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var line = await ReadAsync(session, cancellationToken).ConfigureAwait(false);
            var words = Words(line);
            if (words is ["*", ..])
            {
                if (IsUntagged(line, "BYE"))
                {
                    throw session.Refused("the server ends the connection.");
                }

                untagged(line);
            }
            else if (words.Length > 1 && words[0].Equals(tag, StringComparison.Ordinal))
            {
                Check(session, words[1], command);
                return;
            }
            else
            {
                throw session.Unexpected($"a line is neither untagged nor the response to {tag}.");
            }
        }
    }

    private static void Check(PlaintextSession session, string condition, string command)
    {
        if (!condition.Equals(Ok, StringComparison.OrdinalIgnoreCase))
        {
            throw condition.ToUpperInvariant() is "NO" or "BAD" ? session.Refused($"the server declined {command}.") : session.Unexpected("the response has no condition of IMAP.");
        }
    }

    private static ValueTask<string> ReadAsync(PlaintextSession session, CancellationToken cancellationToken) => LiteralLine.ReadAsync(session, cancellationToken);

    private static bool IsUntagged(string line, string condition) => Words(line) is ["*", var word, ..] && word.Equals(condition, StringComparison.OrdinalIgnoreCase);

    private static string[] Words(string line) => line.Split(' ');
}
