using System.Net;

namespace Truststore;

/// <summary>A GeneralName (RFC 5280 §4.2.1.6), as in a subject alternative name.</summary>
public sealed class GeneralName
{
    internal GeneralName(GeneralNameKind kind, ReadOnlyMemory<byte> content)
    {
        Kind = kind;
        RawValue = content;
    }

    internal GeneralName(DistinguishedName name)
        : this(GeneralNameKind.DirectoryName, name.RawData) => DirectoryName = name;

    /// <summary>The kind of the name.</summary>
    public GeneralNameKind Kind { get; }

    /// <summary>The content octets: the characters of a string kind, the octets of an address, the DER of a directory name.</summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>
    /// The name as text: strings as they are (octets that are not printable ASCII as <c>\xFF</c>), addresses in their usual notation, distinguished names as by
    /// <see cref="DistinguishedName.ToString"/>, anything else and anything malformed in hexadecimal behind a <c>#</c>.
    /// </summary>
    public string Value => field ??= Kind switch
    {
        GeneralNameKind.Rfc822Name or GeneralNameKind.DnsName or GeneralNameKind.Uri => SafeText.ShowAscii(RawValue.Span),
        GeneralNameKind.IPAddress when RawValue.Length is 4 or 16 => new IPAddress(RawValue.Span).ToString(),
        GeneralNameKind.IPAddress when RawValue.Length is 8 or 32 => $"{new IPAddress(RawValue.Span[..(RawValue.Length / 2)])}/{new IPAddress(RawValue.Span[(RawValue.Length / 2)..])}",
        GeneralNameKind.DirectoryName => DirectoryName!.ToString(),
        _ => "#" + Convert.ToHexString(RawValue.Span),
    };

    /// <summary>The distinguished name where <see cref="Kind"/> is <see cref="GeneralNameKind.DirectoryName"/>; else <see langword="null"/>.</summary>
    public DistinguishedName? DirectoryName
    {
        get => Kind == GeneralNameKind.DirectoryName ? field ??= new DistinguishedName(RawValue) : null;
        private init;
    }

    /// <summary>The form in which name constraints compare the name, kept by who compares.</summary>
    internal object? ComparableForm { get; set; }

    /// <summary>The kind and value as in <c>DNS:example.com</c>, <c>IP:192.0.2.1</c>, <c>URI:https://example.com</c>, <c>email:x@example.com</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Kind switch
    {
        GeneralNameKind.DnsName => "DNS:" + Value,
        GeneralNameKind.IPAddress => "IP:" + Value,
        GeneralNameKind.Uri => "URI:" + Value,
        GeneralNameKind.Rfc822Name => "email:" + Value,
        GeneralNameKind.DirectoryName => "DirName:" + Value,
        _ => $"{Kind}:{Value}",
    };
}
