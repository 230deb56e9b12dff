using System.Globalization;
using System.Text;
using Truststore.Certificates;

namespace Truststore;

/// <summary>A distinguished name (X.501 Name): an ordered sequence of relative distinguished names.</summary>
/// <remarks>
/// Two names are equal when they match by RFC 5280 §7.1: letter case, leading, trailing and repeated spaces and the string type do not matter.
/// </remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly ReadOnlyMemory<byte> _encoded;
    private byte[]? _canonical;
    private object? _hasOnlyValidText;

    /// <param name="encoded">One X.501 Name, held to DER by the caller.</param>
    internal DistinguishedName(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

    /// <summary>The DER encoding.</summary>
    public ReadOnlyMemory<byte> RawData => _encoded;

    /// <summary>Whether the name has no relative distinguished name at all.</summary>
    public bool IsEmpty => _encoded.Length <= 2;

    /// <summary>The relative distinguished names in the order of the encoding, each with its attributes. Python: <c>getpeercert()["subject"]</c>.</summary>
    public IReadOnlyList<IReadOnlyList<NameAttribute>> RelativeDistinguishedNames => field ??= NameDecoder.Decode(_encoded);

    /// <summary>All attributes in the order of the encoding.</summary>
    public IEnumerable<NameAttribute> Attributes => RelativeDistinguishedNames.SelectMany(rdn => rdn);

    /// <summary>The values of the common name attributes, usually one.</summary>
    public IEnumerable<string> CommonNames => Attributes.Where(a => string.Equals(a.Oid, AttributeTypes.CommonName, StringComparison.Ordinal)).Select(a => a.Value);

    /// <summary>The canonical form (RFC 5280 §7.1), for comparison only: a name that begins with another one has a form that begins with the other's.</summary>
    internal ReadOnlySpan<byte> Canonical => _canonical ??= NameCanonicalizer.Canonicalize(_encoded.Span);

    /// <summary>Whether every string is valid in its encoding. Names of which this is false can share a canonical form.</summary>
    internal bool HasOnlyValidText => (bool)(_hasOnlyValidText ??= NameDecoder.HasOnlyValidText(_encoded.Span));

    /// <inheritdoc/>
    public bool Equals(DistinguishedName? other) =>
        other is not null && (_encoded.Span.SequenceEqual(other._encoded.Span) || Canonical.SequenceEqual(other.Canonical));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Canonical);
        return hash.ToHashCode();
    }

    /// <summary>Whether this name lies in the subtree of another: its first relative distinguished names are the other's (RFC 5280 §4.2.1.10).</summary>
    internal bool StartsWith(DistinguishedName subtree) => Canonical.StartsWith(subtree.Canonical);

    /// <summary>The name in the order of the encoding, as in <c>C=US, O=Example, CN=example.com</c>; values are escaped as in RFC 4514 §2.4.</summary>
    /// <returns>The whole text, however long; what cannot be seen is escaped by its octets in UTF-8, as in <c>\E2\80\AE</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var rdn in RelativeDistinguishedNames)
        {
            for (var i = 0; i < rdn.Count; i++)
            {
                text.Append(text.Length == 0 ? string.Empty : i == 0 ? ", " : " + ").Append(rdn[i].ShortName).Append('=');
                AppendEscaped(text, rdn[i].Value);
            }
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        Span<char> units = stackalloc char[2];
        Span<byte> octets = stackalloc byte[4];
        var position = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            if (SafeText.IsVisible(rune))
            {
                var special = rune.Value is ',' or '+' or '"' or '\\' or '<' or '>' or ';' || (rune.Value == ' ' && (position == 0 || position == value.Length - 1));
                text.Append(special ? "\\" : string.Empty).Append(units[..rune.EncodeToUtf16(units)]);
            }
            else
            {
                foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\{octet:X2}");
                }
            }

            position += rune.Utf16SequenceLength;
        }
    }
}
