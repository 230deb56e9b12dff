using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Truststore;

/// <summary>The name that a peer must prove to be (RFC 9525 §6.1): a DNS name in A-labels, an IP address or an e-mail address. Immutable, equal by value.</summary>
public sealed record ReferenceIdentifier
{
    /// <summary>The longest DNS name, in characters, without a trailing dot (RFC 1035 §2.3.4).</summary>
    public const int MaxDnsNameLength = 253;

    private const int MaxLabelLength = 63;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly IdnMapping s_idn = new() { AllowUnassigned = true };

    private ReferenceIdentifier(ReferenceIdentifierKind kind, string value, IPAddress? address = null)
    {
        Kind = kind;
        Value = value;
        Address = address;
    }

    /// <summary>The kind of the name.</summary>
    public ReferenceIdentifierKind Kind { get; }

    /// <summary>The name in the form in which it is compared: A-labels in lower case without a trailing dot, or an address in its usual notation.</summary>
    public string Value { get; }

    /// <summary>The address where <see cref="Kind"/> is <see cref="ReferenceIdentifierKind.IPAddress"/>, without scope; else <see langword="null"/>.</summary>
    public IPAddress? Address { get; }

    /// <summary>Reads a host: a DNS name (Unicode is converted by IDNA, one trailing dot is dropped), an IPv4 address, or an IPv6 address with or without brackets.</summary>
    /// <param name="host">The host as in a URL; no port.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, too long, or no host name; the message says why.</exception>
    public static ReferenceIdentifier Parse(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return TryRead(host, out var error) ?? throw new ArgumentException(error, nameof(host));
    }

    /// <summary>Reads an e-mail address to be found among the rfc822Name alternative names of a client certificate.</summary>
    /// <param name="address">The address: <c>local-part@domain</c>, ASCII; a mailbox of RFC 2821 §4.1.2 whose domain is a DNS name.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="ArgumentException"><paramref name="address"/> is not an address.</exception>
    public static ReferenceIdentifier ParseEmail(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Ascii.IsValid(address) && Mailbox.TryRead(Encoding.ASCII.GetBytes(address), allowUnderscore: true, out _)
            ? new ReferenceIdentifier(ReferenceIdentifierKind.EmailAddress, address)
            : throw new ArgumentException("The e-mail address is not of the form local-part@domain in ASCII.", nameof(address));
    }

    /// <summary>The value for people.</summary>
    /// <returns><see cref="Value"/>; characters that cannot be seen, which an e-mail address may have, are escaped.</returns>
    public override string ToString() => SafeText.Show(Value);

    /// <summary>As <see cref="Parse"/>, with an error in words instead of an exception.</summary>
    internal static ReferenceIdentifier? TryRead(string host, out string? error)
    {
        error = null;
        if (host.Length == 0)
        {
            error = "The host is empty.";
            return null;
        }

        if (host.Contains(':', StringComparison.Ordinal) || host[0] == '[')
        {
            return ReadIPv6(host, out error);
        }

        // Unicode can shrink in IDNA, but never to less than a quarter.
        if (host.Length > 4 * (MaxDnsNameLength + 1))
        {
            error = $"The host is longer than a DNS name can be ({MaxDnsNameLength} characters).";
            return null;
        }

        if (ToAscii(host, out error) is not { } name)
        {
            return null;
        }

        if (name.EndsWith('.'))
        {
            name = name[..^1];
        }

        return LooksNumeric(name) ? ReadIPv4(name, out error) : ReadDnsName(name, out error);
    }

    private static ReferenceIdentifier? ReadIPv6(string host, out string? error)
    {
        var bracketed = host.Length > 2 && host[0] == '[' && host[^1] == ']';
        var text = bracketed ? host[1..^1] : host;
        if (IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            error = null;

            // The scope says which interface, not which host (RFC 4007 §11.2).
            address = new IPAddress(address.GetAddressBytes());
            return new ReferenceIdentifier(ReferenceIdentifierKind.IPAddress, address.ToString(), address);
        }

        error = $"The host '{SafeText.ShowName(host)}' is neither an IPv6 address nor a DNS name; give the host alone, without scheme, port or path.";
        return null;
    }

    private static ReferenceIdentifier? ReadIPv4(string name, out string? error)
    {
        // IPAddress.TryParse also takes 127.1, 0x7f.0.0.1 and 0177.0.0.1: which host those mean depends on who reads them.
        if (IPAddress.TryParse(name, out var address) && string.Equals(address.ToString(), name, StringComparison.Ordinal))
        {
            error = null;
            return new ReferenceIdentifier(ReferenceIdentifierKind.IPAddress, name, address);
        }

        error = $"The host '{SafeText.ShowName(name)}' ends in a number but is not an IPv4 address in dotted decimal form.";
        return null;
    }

    private static ReferenceIdentifier? ReadDnsName(string name, out string? error)
    {
        error = DnsName.FindReferenceError(name);
        return error is null ? new ReferenceIdentifier(ReferenceIdentifierKind.DnsName, name.ToLowerInvariant()) : null;
    }

    // A name whose last label is a number can't be a DNS name: no top-level domain is one (RFC 3696 §2).
    private static bool LooksNumeric(string name) => IsNumber(name.AsSpan(name.LastIndexOf('.') + 1));

    private static string? ToAscii(string host, out string? error)
    {
        error = null;
        if (Ascii.IsValid(host))
        {
            return host;
        }

        try
        {
            return s_idn.GetAscii(host);
        }
        catch (ArgumentException)
        {
            error = $"The host '{SafeText.ShowName(host)}' cannot be converted to A-labels (IDNA, RFC 5890); a label is empty, longer than {MaxLabelLength} octets or has a forbidden character.";
            return null;
        }
    }

    /// <summary>Whether a label is a decimal or hexadecimal number, as in the many spellings of IPv4 addresses.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> label) =>
        !label.IsEmpty && (!label.ContainsAnyExceptInRange('0', '9') || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && !label[2..].ContainsAnyExcept(s_hexDigits)));
}
