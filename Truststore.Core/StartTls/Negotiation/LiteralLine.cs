using System.Globalization;
using System.Text;

namespace Truststore.Negotiation;

/// <summary>Lines with literals in them (RFC 9051 §4.3, RFC 5804 §1.2): <c>{count}</c> at a line's end, and so many octets behind it that are no lines.</summary>
internal static class LiteralLine
{
    /// <summary>Reads a line and the literals that belong to it, in the place of which the text keeps their announcement.</summary>
    internal static async ValueTask<string> ReadAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        if (CountOf(session, line) is not { } count)
        {
            return line;
        }

        var text = new StringBuilder(line);
        for (int? next = count; next is { } octets; next = CountOf(session, line))
        {
            await session.ReadAsync(octets, cancellationToken).ConfigureAwait(false);
            line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            text.Append(line);
        }

        return text.ToString();
    }

    // {12}, or {12+} for a literal that nobody has to wait for.
    private static int? CountOf(PlaintextSession session, string line)
    {
        var start = line.LastIndexOf('{') + 1;
        if (start == 0 || !line.EndsWith('}'))
        {
            return null;
        }

        var digits = line.AsSpan()[start..^1];
        digits = digits.EndsWith('+') ? digits[..^1] : digits;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw session.LimitExceeded(
                $"a literal announces more than {session.Options.MaxPlaintextBytes} bytes (StartTlsOptions.MaxPlaintextBytes).");
    }
}
