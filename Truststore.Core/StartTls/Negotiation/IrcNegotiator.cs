using System.Text;

namespace Truststore.Negotiation;

/// <summary>IRC: the capability "tls" (IRCv3 capability negotiation) and STARTTLS with the numerics 670 and 691 (IRCv3 tls extension, deprecated).</summary>
internal sealed class IrcNegotiator : INegotiator
{
    private const string GoAhead = "670";
    private const string Failed = "691";

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        // IRC has no greeting; notices may come at any time before the go-ahead.
        await SendAsync(session, StartTlsStep.Capabilities, "CAP LS 302\r\n", cancellationToken).ConfigureAwait(false);
        if (!await ReadCapabilitiesAsync(session, cancellationToken).ConfigureAwait(false))
        {
            throw session.NotOffered("tls is not among its capabilities.");
        }

        await SendAsync(session, StartTlsStep.Request, "STARTTLS\r\n", cancellationToken).ConfigureAwait(false);
        while (true)
        {
            switch ((await ReadAsync(session, cancellationToken).ConfigureAwait(false))[0].ToUpperInvariant())
            {
                case GoAhead:
                    return;
                case Failed or "451":
                    throw session.Refused("the server declined STARTTLS.");
                case "421":
                    throw session.NotOffered("the server does not know STARTTLS.");
            }
        }
    }

    private static Task SendAsync(PlaintextSession session, StartTlsStep step, string command, CancellationToken cancellationToken) =>
        session.SendInAnyCaseAsync(step, Encoding.ASCII.GetBytes(command), cancellationToken);

    private static async Task<bool> ReadCapabilitiesAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var offersTls = false;
        while (true)
        {
            var words = await ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (words[0] is "421" or "451")
            {
                throw session.NotOffered("the server does not know CAP, so that it tells no capabilities.");
            }

            // CAP nick LS [*] :capabilities; the asterisk says that more will come.
            if (words is not [_, _, var command, .., var capabilities] || !words[0].Equals("CAP", StringComparison.OrdinalIgnoreCase) || !command.Equals("LS", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            offersTls |= capabilities.Split(' ').Any(capability => capability.Split('=')[0] is "tls");
            if (words is not [_, _, _, "*", _])
            {
                return offersTls;
            }
        }
    }

    // The command and its parameters (RFC 1459 §2.3.1), without tags and prefix.
    private static async Task<string[]> ReadAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        foreach (var mark in "@:")
        {
            if (line.StartsWith(mark))
            {
                line = line[(line + " ").IndexOf(' ', StringComparison.Ordinal)..].TrimStart(' ');
            }
        }

        var trailing = (line + " :").IndexOf(" :", StringComparison.Ordinal);
        var words = line[..trailing].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            throw session.Unexpected("a line has no command.");
        }

        return words[0].Equals("ERROR", StringComparison.OrdinalIgnoreCase)
            ? throw session.Refused("the server ends the connection.")
            : trailing < line.Length ? [.. words, line[(trailing + 2)..]] : words;
    }
}
