namespace Truststore.Negotiation;

/// <summary>Lines up to one with nothing but a dot (RFC 1939 §3, RFC 3977 §3.1.1).</summary>
internal static class DottedLines
{
    /// <summary>Reads all lines and looks for one whose first word is a keyword.</summary>
    internal static async Task<bool> ContainAsync(PlaintextSession session, string keyword, CancellationToken cancellationToken)
    {
        var isThere = false;
        while (true)
        {
            var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is ".")
            {
                return isThere;
            }

            isThere |= line.Split(' ', '\t')[0].Equals(keyword, StringComparison.OrdinalIgnoreCase);
        }
    }
}
