using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>
/// Holds a whole encoding to DER (X.690 §10, §11): definite minimal lengths, primitive strings, canonical BOOLEAN, INTEGER, BIT STRING and OBJECT IDENTIFIER.
/// Runs before any decoder, so that what decoders see is bounded in depth and has one reading. Object identifiers are bounded too, as by the runtime's decoder: it throws on longer ones,
/// and BouncyCastle takes minutes to write the longest that fit a certificate.
/// </summary>
internal static class DerValidator
{
    /// <summary>How deep structures may nest. Real certificates stay below 12.</summary>
    internal const int MaxDepth = 32;

    /// <summary>How many subidentifiers an object identifier may have; the first one stands for two arcs.</summary>
    internal const int MaxSubidentifiers = 63;

    /// <summary>How many octets a subidentifier may have: seven bits in each but the first, where two are left of the 128 bits of a UUID (X.667).</summary>
    internal const int MaxSubidentifierOctets = 19;

    /// <summary>Validates one value.</summary>
    /// <param name="encoded">The whole encoding.</param>
    /// <param name="maxValues">How many values there may be, at all depths together.</param>
    /// <exception cref="AsnContentException">The bytes are not one DER value, nest deeper than <see cref="MaxDepth"/>, or are too many values.</exception>
    internal static void Validate(ReadOnlySpan<byte> encoded, int maxValues = int.MaxValue)
    {
        var left = maxValues;
        var consumed = ValidateValue(encoded, MaxDepth, ref left);
        if (left < 0)
        {
            throw new AsnContentException($"There are more than {maxValues} values.");
        }

        if (consumed != encoded.Length)
        {
            throw new AsnContentException($"{encoded.Length - consumed} bytes follow the value.");
        }
    }

    private static int ValidateValue(ReadOnlySpan<byte> encoded, int depth, ref int left)
    {
        left--;
        if (depth == 0)
        {
            throw new AsnContentException($"Values nest deeper than {MaxDepth} levels.");
        }

        var tag = AsnDecoder.ReadEncodedValue(encoded, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        var content = encoded.Slice(offset, length);
        if (!tag.IsConstructed)
        {
            ValidatePrimitive(tag, encoded[..consumed], content);
            return consumed;
        }

        if (tag.TagClass == TagClass.Universal && tag.TagValue is not ((int)UniversalTagNumber.Sequence or (int)UniversalTagNumber.Set or (int)UniversalTagNumber.External or (int)UniversalTagNumber.Embedded))
        {
            throw new AsnContentException("DER has no constructed form of this type.");
        }

        while (!content.IsEmpty && left >= 0)
        {
            content = content[ValidateValue(content, depth - 1, ref left)..];
        }

        return consumed;
    }

    private static void ValidatePrimitive(Asn1Tag tag, ReadOnlySpan<byte> value, ReadOnlySpan<byte> content)
    {
        if (tag.TagClass != TagClass.Universal)
        {
            return;
        }

        switch ((UniversalTagNumber)tag.TagValue)
        {
            case UniversalTagNumber.Boolean:
                AsnDecoder.ReadBoolean(value, AsnEncodingRules.DER, out _);
                break;
            case UniversalTagNumber.Integer:
                AsnDecoder.ReadIntegerBytes(value, AsnEncodingRules.DER, out _);
                break;
            case UniversalTagNumber.BitString:
                AsnDecoder.TryReadPrimitiveBitString(value, AsnEncodingRules.DER, out _, out _, out _);
                break;
            case UniversalTagNumber.Null when !content.IsEmpty:
                throw new AsnContentException("A NULL has content.");
            case UniversalTagNumber.ObjectIdentifier when !IsObjectIdentifier(content):
                throw new AsnContentException($"An OBJECT IDENTIFIER is empty, unfinished or padded, or has more than {MaxSubidentifiers + 1} arcs or an arc of more than 128 bits.");
            case UniversalTagNumber.Sequence or UniversalTagNumber.Set:
                throw new AsnContentException("A SEQUENCE or SET is primitive.");
        }
    }

    /// <summary>Whether the content octets are those of an object identifier within the limits. Written out because the decoder's own reader makes a string of each.</summary>
    internal static bool IsObjectIdentifier(ReadOnlySpan<byte> content)
    {
        const byte highestFirst = 0x83;
        if (content.IsEmpty || (content[^1] & 0x80) != 0)
        {
            return false;
        }

        var count = 0;
        while (!content.IsEmpty)
        {
            var length = content.IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;
            if (content[0] == 0x80 || length > MaxSubidentifierOctets || (length == MaxSubidentifierOctets && content[0] > highestFirst) || ++count > MaxSubidentifiers)
            {
                return false;
            }

            content = content[length..];
        }

        return true;
    }
}
