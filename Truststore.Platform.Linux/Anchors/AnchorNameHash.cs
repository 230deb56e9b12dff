using System.Formats.Asn1;

namespace Truststore.Platform.Linux;

/// <summary>
/// A hash that names share when they are equal by their canonical form (RFC 5280 §7.1), got without building that form: of all text only the
/// ASCII letters, in lower case, and digits count, and neither string types nor the order of attributes do.
/// </summary>
internal static class AnchorNameHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Computes the hash.</summary>
    /// <returns>False when the bytes are not a Name, so that no certificate that decodes has it.</returns>
    internal static bool TryCompute(ReadOnlySpan<byte> name, out uint hash)
    {
        hash = 0;
        try
        {
            AsnDecoder.ReadSequence(name, AsnEncodingRules.DER, out var offset, out var length, out _);
            for (var names = name.Slice(offset, length); !names.IsEmpty;)
            {
                AsnDecoder.ReadSetOf(names, AsnEncodingRules.DER, out offset, out length, out var consumed, skipSortOrderValidation: true);
                for (var attributes = names.Slice(offset, length); !attributes.IsEmpty;)
                {
                    AsnDecoder.ReadSequence(attributes, AsnEncodingRules.DER, out offset, out length, out var attributeLength);
                    hash += HashAttribute(attributes.Slice(offset, length));
                    attributes = attributes[attributeLength..];
                }

                names = names[consumed..];
            }

            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static uint HashAttribute(ReadOnlySpan<byte> attribute)
    {
        AsnDecoder.ReadEncodedValue(attribute, AsnEncodingRules.DER, out _, out _, out var typeLength);
        var tag = AsnDecoder.ReadEncodedValue(attribute[typeLength..], AsnEncodingRules.DER, out var offset, out var length, out _);
        var hash = OffsetBasis;
        for (var i = 0; i < typeLength; i++)
        {
            hash = (hash ^ attribute[i]) * Prime;
        }

        if (tag.TagClass != TagClass.Universal || tag.IsConstructed)
        {
            return hash;
        }

        // Octets per character; a string type that the canonical form does not know as text only adds to the hash what it would not need to.
        var width = (UniversalTagNumber)tag.TagValue switch
        {
            UniversalTagNumber.BMPString => 2,
            UniversalTagNumber.UniversalString => 4,
            _ => 1,
        };
        return HashText(attribute.Slice(typeLength + offset, length), width, hash);
    }

    private static uint HashText(ReadOnlySpan<byte> text, int width, uint hash)
    {
        for (var end = width; end <= text.Length; end += width)
        {
            uint character = text[end - 1];
            for (var i = end - width; i < end - 1; i++)
            {
                character |= (uint)text[i] << 8;
            }

            if (character - 'A' <= 'Z' - 'A')
            {
                character |= 0x20;
            }

            if (character - 'a' <= 'z' - 'a' || character - '0' <= '9' - '0')
            {
                hash = (hash ^ character) * Prime;
            }
        }

        return hash;
    }
}
