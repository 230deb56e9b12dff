using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Text;

namespace Truststore.Certificates;

/// <summary>
/// Brings names into the form in which they compare (RFC 5280 §7.1, in the simplified reading that OpenSSL and NSS share):
/// strings as UTF-8, ASCII letters in lower case, white space trimmed and collapsed; other values byte for byte.
/// </summary>
internal static class NameCanonicalizer
{
    /// <summary>One form for the whole name, in which every relative distinguished name and every attribute has its length in front, so that no two names share a form.</summary>
    internal static byte[] Canonicalize(ReadOnlySpan<byte> encoded)
    {
        using var canonical = new MemoryStream(encoded.Length + 16);
        AsnDecoder.ReadSequence(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        for (var names = encoded.Slice(offset, length); !names.IsEmpty;)
        {
            AsnDecoder.ReadSetOf(names, AsnEncodingRules.DER, out offset, out length, out var consumed, skipSortOrderValidation: true);
            WriteSet(canonical, names.Slice(offset, length));
            names = names[consumed..];
        }

        return canonical.ToArray();
    }

    private static void WriteSet(MemoryStream canonical, ReadOnlySpan<byte> attributes)
    {
        var start = canonical.Position;
        WriteLength(canonical, 0);
        var consumed = WriteAttribute(canonical, attributes);
        if (consumed < attributes.Length)
        {
            canonical.Position = start + sizeof(int);
            WriteSorted(canonical, attributes);
        }

        var end = canonical.Position;
        canonical.SetLength(end);
        canonical.Position = start;
        WriteLength(canonical, (int)(end - start) - sizeof(int));
        canonical.Position = end;
    }

    /// <summary>A SET has no order; this gives it one.</summary>
    private static void WriteSorted(MemoryStream canonical, ReadOnlySpan<byte> attributes)
    {
        var sorted = new List<byte[]>();
        while (!attributes.IsEmpty)
        {
            using var one = new MemoryStream();
            attributes = attributes[WriteAttribute(one, attributes)..];
            sorted.Add(one.ToArray());
        }

        sorted.Sort(static (x, y) => x.AsSpan().SequenceCompareTo(y));
        foreach (var attribute in sorted)
        {
            canonical.Write(attribute);
        }
    }

    /// <summary>Writes the first attribute: its type, whether the value is text, and the value.</summary>
    /// <returns>How long the attribute is in the encoding.</returns>
    private static int WriteAttribute(MemoryStream canonical, ReadOnlySpan<byte> attributes)
    {
        AsnDecoder.ReadSequence(attributes, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        var attribute = attributes.Slice(offset, length);
        AsnDecoder.ReadEncodedValue(attribute, AsnEncodingRules.DER, out _, out _, out var typeLength);
        canonical.Write(attribute[..typeLength]);

        var value = attribute[typeLength..];
        var tag = AsnDecoder.ReadEncodedValue(value, AsnEncodingRules.DER, out offset, out length, out _);
        var encoding = NameDecoder.StringEncoding(tag);
        canonical.WriteByte(encoding is null ? (byte)0 : (byte)1);
        if (encoding is null)
        {
            WriteLength(canonical, value.Length);
            canonical.Write(value);
            return consumed;
        }

        var content = value.Slice(offset, length);
        WriteFolded(canonical, (encoding is UTF8Encoding || encoding.IsSingleByte) && Ascii.IsValid(content) ? content : Encoding.UTF8.GetBytes(encoding.GetString(content)));
        return consumed;
    }

    private static void WriteFolded(MemoryStream canonical, ReadOnlySpan<byte> text)
    {
        var start = canonical.Position;
        WriteLength(canonical, 0);
        text = text.Trim(" \t\n\v\f\r"u8);
        var afterSpace = false;
        foreach (var octet in text)
        {
            var isSpace = octet is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
            if (!isSpace)
            {
                canonical.WriteByte(char.IsAsciiLetterUpper((char)octet) ? (byte)(octet | 0x20) : octet);
            }
            else if (!afterSpace)
            {
                canonical.WriteByte((byte)' ');
            }

            afterSpace = isSpace;
        }

        var end = canonical.Position;
        canonical.Position = start;
        WriteLength(canonical, (int)(end - start) - sizeof(int));
        canonical.Position = end;
    }

    private static void WriteLength(MemoryStream canonical, int length)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, length);
        canonical.Write(octets);
    }
}
