namespace Truststore.Negotiation;

/// <summary>A reply of one or more lines under one code.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Lines">The text behind the code, line by line.</param>
internal sealed record Reply(int Code, IReadOnlyList<string> Lines)
{
    private const int CodeLength = 3;

    /// <summary>Whether the server declines: for now (4xx) or for good (5xx).</summary>
    internal bool IsNegative => Code is >= 400 and < 600;

    /// <summary>Reads a reply whose every line begins with the code (RFC 5321 §4.2.1).</summary>
    internal static async ValueTask<Reply> ReadAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        int? code = null;
        while (true)
        {
            var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            var lineCode = CodeOf(line);
            if (lineCode is null || (code ??= lineCode) != lineCode)
            {
                throw session.Unexpected("a line does not begin with the reply's code of three digits.");
            }

            lines.Add(TextOf(line));
            if (!IsContinued(line))
            {
                return new Reply(code.Value, lines);
            }
        }
    }

    /// <summary>Reads a reply whose first and last lines begin with the code (RFC 959 §4.2).</summary>
    internal static async ValueTask<Reply> ReadFtpAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var first = await ReadLineAsync(session, cancellationToken).ConfigureAwait(false);
        if (!first.IsContinued)
        {
            return first.Reply;
        }

        while (true)
        {
            var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (CodeOf(line) == first.Reply.Code && !IsContinued(line))
            {
                return first.Reply;
            }
        }
    }

    /// <summary>Reads a reply of one line (RFC 3977 §3.2).</summary>
    internal static async ValueTask<Reply> ReadStatusLineAsync(PlaintextSession session, CancellationToken cancellationToken) =>
        (await ReadLineAsync(session, cancellationToken).ConfigureAwait(false)).Reply;

    private static async ValueTask<(Reply Reply, bool IsContinued)> ReadLineAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var line = await session.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        var code = CodeOf(line) ?? throw session.Unexpected("the reply does not begin with a code of three digits.");
        return (new Reply(code, [TextOf(line)]), IsContinued(line));
    }

    private static int? CodeOf(string line) =>
        line.Length >= CodeLength && line[0] is >= '1' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2]) && (line.Length == CodeLength || line[CodeLength] is ' ' or '-')
            ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0')
            : null;

    private static bool IsContinued(string line) => line.Length > CodeLength && line[CodeLength] == '-';

    private static string TextOf(string line) => line.Length > CodeLength ? line[(CodeLength + 1)..] : string.Empty;
}
