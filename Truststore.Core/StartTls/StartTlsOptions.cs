using System.Buffers;
using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>How a connection is upgraded to TLS, and the bounds that hold whatever a server sends before TLS.</summary>
public sealed record StartTlsOptions
{
    private const int MaxNameLength = 255;
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    /// <summary>The documented defaults.</summary>
    public static StartTlsOptions Default { get; } = new();

    /// <summary>How long the whole upgrade may take, from the first byte read to the verdict on the server's certificate.</summary>
    /// <value>Positive, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. The default is 30 seconds.</value>
    public TimeSpan Timeout
    {
        get;
        init
        {
            if (value != System.Threading.Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "StartTlsOptions.Timeout must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
            }

            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>The name under which the client introduces itself: in <c>EHLO</c> and <c>LHLO</c>, and as <c>from</c> of an XMPP server's stream.</summary>
    /// <value>A host name or an address literal, ASCII, at most 255 characters. The default is <see langword="null"/>: <c>[127.0.0.1]</c> in SMTP and LMTP, no <c>from</c> in XMPP.</value>
    /// <remarks>The server forgets it at the upgrade (RFC 3207 §4.2); say <c>EHLO</c> again behind TLS.</remarks>
    public string? ClientName { get; init => field = value is null ? null : Name(value); }

    /// <summary>The domain that an XMPP stream is opened to, where it is not the host that is connected to.</summary>
    /// <value>A domain. The default is <see langword="null"/>: the host.</value>
    /// <remarks>The certificate has to be for this domain, not for the host that SRV records lead to (RFC 6120 §13.7.2.1, RFC 7590 §3.4); other protocols ignore it.</remarks>
    public string? XmppDomain
    {
        get;
        init
        {
            _ = value is null ? null : ReferenceIdentifier.Parse(value);
            field = value;
        }
    }

    /// <summary>The capability flags of the SSLRequest packet of MySQL and MariaDB, besides CLIENT_SSL and CLIENT_PROTOCOL_41, which are always set. The handshake response behind TLS has to repeat them.</summary>
    /// <value>Flags of the protocol. The default is 0x0008A205: LONG_PASSWORD, LONG_FLAG, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION (RESERVED2), PLUGIN_AUTH.</value>
    public uint MySqlCapabilities { get; init; } = 0x0008_A205;

    /// <summary>How long one line of a server's reply may be; in XMPP one tag.</summary>
    /// <value>Bytes without the line end; 64 or more. The default is 8,192.</value>
    public int MaxLineLength { get; init => field = AtLeast(value, 64); } = 8192;

    /// <summary>How many lines a server may send for one command, or as its greeting; in XMPP tags.</summary>
    /// <value>Lines; 1 or more. The default is 256.</value>
    public int MaxReplyLines { get; init => field = AtLeast(value, 1); } = 256;

    /// <summary>How much a server may send before TLS in all.</summary>
    /// <value>Bytes; 64 or more. The default is 65,536.</value>
    public int MaxPlaintextBytes { get; init => field = AtLeast(value, 64); } = 64 * 1024;

    /// <summary>The clock of <see cref="Timeout"/>.</summary>
    /// <value>The default is <see cref="System.TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = TimeProvider.System;

    private static int AtLeast(int value, int minimum, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum, name);
        return value;
    }

    // What goes into a command must not end it (CR, LF), nor begin another argument.
    private static string Name(string value, [CallerMemberName] string name = "") =>
        value.Length is > 0 and <= MaxNameLength && !value.AsSpan().ContainsAnyExcept(s_nameCharacters)
            ? value
            : throw new ArgumentException($"StartTlsOptions.{name} must be a host name or an address literal such as [192.0.2.1], in ASCII, of 1 to {MaxNameLength} characters.", name);
}
