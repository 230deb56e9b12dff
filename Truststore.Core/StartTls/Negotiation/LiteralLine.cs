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
        if (CountOf(line) is not { } count)
        {
            return line;
        }

        var text = new StringBuilder(line);
        for (int? next = count; next is { } octets; next = CountOf(line))
        {
            await session.ReadAsync(octets, cancellationToken).ConfigureAwait(false);
            line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            text.Append(line);
        }

        return text.ToString();
    }

    private static int? CountOf(string line)
    {
        var start = line.LastIndexOf('{') + 1;
        return start > 0 && line.EndsWith('}') && int.TryParse(line[start..^1].TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }
}
