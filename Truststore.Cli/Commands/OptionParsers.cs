using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Truststore.Cli.Probing;

namespace Truststore.Cli.Commands;

/// <summary>Reads the values of options and arguments.</summary>
internal static class OptionParsers
{
    private static readonly string[] s_timeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Applies a reader to the one token of a result and turns its complaint into a parse error.</summary>
    internal static T? Parse<T>(ArgumentResult result, Func<string, T> read)
    {
        try
        {
            return read(result.Tokens[0].Value);
        }
        catch (UsageException error)
        {
            var option = result.Parent is OptionResult { Option.Name: var name } ? name + ": " : string.Empty;
            result.AddError(option + error.Message);
            return default;
        }
    }

    internal static ReferenceIdentifier? HostName(string text)
    {
        try
        {
            return ReferenceIdentifier.Parse(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException(Endpoint.WithoutParameterName(error), error);
        }
    }

    internal static TimeSpan Seconds(string text, double maximum) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 && seconds <= maximum
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no number of seconds above 0 and up to {maximum}."));

    internal static TlsProtocolVersion TlsVersion(string text) => text switch
    {
        "1.2" => TlsProtocolVersion.Tls12,
        "1.3" => TlsProtocolVersion.Tls13,
        _ => throw new UsageException($"'{text}' is no TLS version on offer; they are 1.2 and 1.3."),
    };

    internal static PeerPurpose Purpose(string text) => text switch
    {
        "server" => PeerPurpose.ServerAuthentication,
        "client" => PeerPurpose.ClientAuthentication,
        _ => throw new UsageException($"'{text}' is no purpose; they are server and client."),
    };

    internal static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParseExact(text, s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new UsageException($"'{text}' is no date or time of ISO 8601, as in 2026-01-31 or 2026-01-31T12:00:00Z; without an offset it is UTC.");

    internal static Option<bool> Json() => new("--json") { Description = "Write one JSON document instead of text." };
}
