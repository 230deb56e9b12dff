using System.Formats.Asn1;
using System.Text;
using System.Text.Unicode;

namespace Truststore.Certificates;

/// <summary>Reads X.501 Names (RFC 5280 §4.1.2.4). Total: a value that is no string is shown in hexadecimal, bytes that no text may have as U+FFFD.</summary>
internal static class NameDecoder
{
    /// <summary>How many attributes one name may have. Real ones stay below 20.</summary>
    internal const int MaxAttributes = 256;

    /// <summary>Walks the attributes of a Name that is known to be DER.</summary>
    /// <exception cref="AsnContentException">The value is not a Name.</exception>
    internal static IReadOnlyList<IReadOnlyList<NameAttribute>> Decode(ReadOnlyMemory<byte> encoded)
    {
        var names = new List<IReadOnlyList<NameAttribute>>();
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            // Names whose SET OF is out of order exist; their order is shown, not judged here.
            var set = sequence.ReadSetOf(skipSortOrderValidation: true);
            var rdn = new List<NameAttribute>(1);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                var value = attribute.ReadEncodedValue();
                attribute.ThrowIfNotEmpty();
                rdn.Add(new NameAttribute(oid, ReadText(value.Span)));
            }

            names.Add(rdn.AsReadOnly());
        }

        return names.AsReadOnly();
    }

    /// <summary>Holds a Name that is known to be DER to its structure: a sequence of non-empty sets of type and value, and not too many of those. After it <see cref="Decode"/> cannot fail.</summary>
    /// <exception cref="AsnContentException">The value is not a Name.</exception>
    internal static void Validate(ReadOnlySpan<byte> encoded)
    {
        var left = MaxAttributes;
        AsnDecoder.ReadSequence(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        for (var names = encoded.Slice(offset, length); !names.IsEmpty;)
        {
            AsnDecoder.ReadSetOf(names, AsnEncodingRules.DER, out offset, out length, out var consumed, skipSortOrderValidation: true);
            var attributes = names.Slice(offset, length);
            if (attributes.IsEmpty)
            {
                throw new AsnContentException("A relative distinguished name is empty.");
            }

            for (; !attributes.IsEmpty; attributes = attributes[ValidateAttribute(attributes)..])
            {
                if (--left < 0)
                {
                    throw new AsnContentException($"A name has more than {MaxAttributes} attributes.");
                }
            }

            names = names[consumed..];
        }
    }

    /// <summary>Whether every string of a Name is valid in its encoding, so that decoding puts no U+FFFD in place of octets.</summary>
    internal static bool HasOnlyValidText(ReadOnlySpan<byte> encoded)
    {
        AsnDecoder.ReadSequence(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        for (var names = encoded.Slice(offset, length); !names.IsEmpty;)
        {
            AsnDecoder.ReadSetOf(names, AsnEncodingRules.DER, out offset, out length, out var consumed, skipSortOrderValidation: true);
            for (var attributes = names.Slice(offset, length); !attributes.IsEmpty;)
            {
                AsnDecoder.ReadSequence(attributes, AsnEncodingRules.DER, out offset, out length, out var attributeLength);
                var attribute = attributes.Slice(offset, length);
                AsnDecoder.ReadEncodedValue(attribute, AsnEncodingRules.DER, out _, out _, out var typeLength);
                if (!IsValidText(attribute[typeLength..]))
                {
                    return false;
                }

                attributes = attributes[attributeLength..];
            }

            names = names[consumed..];
        }

        return true;
    }

    private static bool IsValidText(ReadOnlySpan<byte> encoded)
    {
        var tag = AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        var content = encoded.Slice(offset, length);
        return StringEncoding(tag) switch
        {
            null => true,
            UTF8Encoding => Utf8.IsValid(content),
            { IsSingleByte: true } => true,
            var encoding => content.SequenceEqual(encoding.GetBytes(encoding.GetString(content))),
        };
    }

    private static int ValidateAttribute(ReadOnlySpan<byte> encoded)
    {
        AsnDecoder.ReadSequence(encoded, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        var attribute = encoded.Slice(offset, length);
        var tag = AsnDecoder.ReadEncodedValue(attribute, AsnEncodingRules.DER, out _, out _, out var typeLength);
        AsnDecoder.ReadEncodedValue(attribute[typeLength..], AsnEncodingRules.DER, out _, out _, out var valueLength);
        return tag == Asn1Tag.ObjectIdentifier && typeLength + valueLength == attribute.Length
            ? consumed
            : throw new AsnContentException("An attribute of a name is not a type and a value.");
    }

    /// <summary>The text of a DirectoryString or IA5String.</summary>
    internal static string ReadText(ReadOnlySpan<byte> encoded)
    {
        var tag = AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
        var content = encoded.Slice(offset, length);
        return StringEncoding(tag)?.GetString(content) ?? "#" + Convert.ToHexString(encoded);
    }

    /// <summary>The encoding of a character string type, or null for a value that is no string.</summary>
    internal static Encoding? StringEncoding(Asn1Tag tag) => tag.TagClass != TagClass.Universal || tag.IsConstructed
        ? null
        : (UniversalTagNumber)tag.TagValue switch
        {
            UniversalTagNumber.UTF8String => Encoding.UTF8,

            // Teletex is what everybody takes it for: Latin-1. A superset of the other two here.
            UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.VisibleString or UniversalTagNumber.NumericString or UniversalTagNumber.TeletexString => Encoding.Latin1,
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode,
            UniversalTagNumber.UniversalString => s_utf32,
            _ => null,
        };

    private static readonly UTF32Encoding s_utf32 = new(bigEndian: true, byteOrderMark: false);
}
