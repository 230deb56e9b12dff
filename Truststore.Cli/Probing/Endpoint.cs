using System.Globalization;

namespace Truststore.Cli.Probing;

/// <summary>Where to connect: HOST[:PORT], with an IPv6 address in brackets.</summary>
/// <param name="Host">The host to resolve and connect to, without brackets.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Identity">The name that the peer must prove to be.</param>
internal sealed record Endpoint(string Host, int Port, ReferenceIdentifier Identity)
{
    internal const int DefaultPort = 443;

    /// <summary>Whether the port was given, and is not just the default.</summary>
    internal bool HasPort { get; private init; }

    /// <summary>Reads an endpoint.</summary>
    /// <exception cref="UsageException">The text is none; the message says why.</exception>
    internal static Endpoint Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new UsageException($"'{text}' is a URL; give the host alone, as in example.com or example.com:8443.");
        }

        var (host, port) = text.StartsWith('[') ? SplitBracketed(text) : Split(text);
        try
        {
            var identity = ReferenceIdentifier.Parse(host);
            return new Endpoint(identity.Kind == ReferenceIdentifierKind.DnsName ? identity.Value : host, ParsePort(port, text), identity) { HasPort = port is not null };
        }
        catch (ArgumentException error)
        {
            throw new UsageException(WithoutParameterName(error), error);
        }
    }

    public override string ToString() => (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:" : $"{Host}:") + Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The message of an argument error without the "(Parameter 'host')" that concerns programmers only.</summary>
    internal static string WithoutParameterName(ArgumentException error)
    {
        var suffix = error.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? error.Message : error.Message[..suffix];
    }

    private static (string Host, string? Port) SplitBracketed(string text)
    {
        var end = text.IndexOf(']', StringComparison.Ordinal);
        if (end < 0)
        {
            throw new UsageException($"'{text}' has an opening bracket without a closing one; write an IPv6 address as in [2001:db8::1]:443.");
        }

        var rest = text[(end + 1)..];
        return rest switch
        {
            "" => (text[1..end], null),
            [':', ..] => (text[1..end], rest[1..]),
            _ => throw new UsageException($"'{text}': after the bracket comes a colon and the port, or nothing, as in [2001:db8::1]:443."),
        };
    }

    private static (string Host, string? Port) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon != text.LastIndexOf(':'))
        {
            throw new UsageException($"'{text}' has several colons; put an IPv6 address in brackets, as in [2001:db8::1]:443.");
        }

        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static int ParsePort(string? port, string text) =>
        port is null ? DefaultPort
        : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue ? number
        : throw new UsageException($"'{text}': the port must be a number from 1 to {ushort.MaxValue}.");
}
