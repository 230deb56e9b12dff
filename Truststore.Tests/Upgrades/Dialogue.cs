using System.Text;

namespace Truststore.Tests.Upgrades;

/// <summary>A conversation by lines behind TLS.</summary>
internal sealed class Dialogue(Stream stream)
{
    /// <summary>Says a line.</summary>
    internal async Task SayAsync(string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    /// <summary>Hears lines up to one that ends the answer.</summary>
    /// <returns>All of them.</returns>
    internal async Task<string> HearAsync(Predicate<string> isLast)
    {
        var text = new StringBuilder();
        for (var line = new StringBuilder(); ;)
        {
            var octet = new byte[1];
            await stream.ReadExactlyAsync(octet);
            line.Append((char)octet[0]);
            if (octet[0] != '\n')
            {
                continue;
            }

            text.Append(line);
            if (isLast(line.ToString().TrimEnd()))
            {
                return text.ToString();
            }

            line.Clear();
        }
    }

    /// <summary>Says a line and hears the answer.</summary>
    internal async Task<string> AskAsync(string line, Predicate<string> isLast)
    {
        await SayAsync(line);
        return await HearAsync(isLast);
    }

    /// <summary>Says a line and hears an answer with a code of three digits, whose last line has a space behind it.</summary>
    internal Task<string> AskAsync(string line) => AskAsync(line, text => text.Length == 3 || (text.Length > 3 && text[3] == ' '));

    /// <summary>Hears up to some text that has no line end.</summary>
    internal async Task<string> HearTextAsync(string end)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            var octet = new byte[1];
            await stream.ReadExactlyAsync(octet);
            text.Append((char)octet[0]);
        }

        return text.ToString();
    }
}
