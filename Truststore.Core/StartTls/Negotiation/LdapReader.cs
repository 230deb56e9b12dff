using System.Formats.Asn1;

namespace Truststore.Negotiation;

/// <summary>
/// Reads what LDAP takes of BER (RFC 4511 §5.1): definite lengths, primitive strings, and here tags of one octet. Copies
/// nothing and reads every octet once: constructed strings and indefinite lengths nest, and cost a reader far more than the
/// octets that they arrive in.
/// </summary>
/// <param name="content">The values, one behind the other.</param>
internal ref struct LdapReader(ReadOnlySpan<byte> content)
{
    internal const byte Integer = 0x02;
    internal const byte OctetString = 0x04;
    internal const byte Enumerated = 0x0A;
    internal const byte Sequence = 0x30;

    private const int HighTagNumber = 0x1F;

    private ReadOnlySpan<byte> _rest = content;

    /// <summary>Whether nothing is left.</summary>
    internal readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Reads a value that must have a tag.</summary>
    /// <returns>The content.</returns>
    /// <exception cref="AsnContentException">It has another tag, is cut off, or has an indefinite length.</exception>
    internal ReadOnlySpan<byte> Read(byte expectedTag)
    {
        var value = Read(out var tag);
        return tag == expectedTag ? value : throw new AsnContentException("A value has an unexpected tag.");
    }

    /// <summary>Reads the next value, whatever it is.</summary>
    /// <param name="tag">Its tag.</param>
    /// <returns>The content.</returns>
    /// <exception cref="AsnContentException">It is cut off, or has a tag of several octets or an indefinite length.</exception>
    internal ReadOnlySpan<byte> Read(out byte tag)
    {
        if (_rest.IsEmpty
            || (_rest[0] & HighTagNumber) == HighTagNumber
            || !AsnDecoder.TryDecodeLength(_rest[1..], AsnEncodingRules.BER, out var decoded, out var lengthOctets)
            || decoded is not { } length
            || length > _rest.Length - 1 - lengthOctets)
        {
            throw new AsnContentException("A value is cut off, or has a tag or a length that LDAP does not have.");
        }

        tag = _rest[0];
        var value = _rest.Slice(1 + lengthOctets, length);
        _rest = _rest[(1 + lengthOctets + length)..];
        return value;
    }

    /// <summary>Reads an INTEGER or ENUMERATED of at most 32 bits (maxInt, RFC 4511 §4.1.1).</summary>
    /// <exception cref="AsnContentException">It is longer, or see <see cref="Read(byte)"/>.</exception>
    internal int ReadInteger(byte expectedTag)
    {
        var octets = Read(expectedTag);
        if (octets.Length is 0 or > sizeof(int))
        {
            throw new AsnContentException("A number is empty or too large.");
        }

        var value = (int)(sbyte)octets[0];
        foreach (var octet in octets[1..])
        {
            value = (value << 8) | octet;
        }

        return value;
    }
}
