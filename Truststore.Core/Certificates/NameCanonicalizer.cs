using System.Formats.Asn1;
using System.Text;

namespace Truststore.Certificates;

/// <summary>
/// Brings names into the form in which they compare (RFC 5280 §7.1, in the simplified reading that OpenSSL and NSS share):
/// strings as UTF-8, ASCII letters in lower case, white space trimmed and collapsed; other values byte for byte.
/// </summary>
internal static class NameCanonicalizer
{
    /// <summary>One canonical encoding for each relative distinguished name.</summary>
    internal static IReadOnlyList<byte[]> Canonicalize(ReadOnlyMemory<byte> encoded)
    {
        var names = new List<byte[]>();
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var set = sequence.ReadSetOf(skipSortOrderValidation: true);
            var attributes = new List<byte[]>(1);
            while (set.HasData)
            {
                attributes.Add(Canonicalize(set.ReadSequence()));
            }

            // A SET has no order; give it one.
            attributes.Sort(static (x, y) => x.AsSpan().SequenceCompareTo(y));
            names.Add(attributes.Count == 1 ? attributes[0] : [.. attributes.SelectMany(a => a)]);
        }

        return names;
    }

    private static byte[] Canonicalize(AsnReader attribute)
    {
        var type = attribute.ReadEncodedValue().Span;
        var value = attribute.ReadEncodedValue().Span;
        var tag = AsnDecoder.ReadEncodedValue(value, AsnEncodingRules.DER, out var offset, out var length, out _);
        var text = NameDecoder.StringEncoding(tag)?.GetString(value.Slice(offset, length));
        ReadOnlySpan<byte> canonical = text is null ? value : Encoding.UTF8.GetBytes(Fold(text));

        // Length-prefixed, so that no two attribute lists share an encoding.
        var result = new byte[type.Length + sizeof(int) + 1 + canonical.Length];
        type.CopyTo(result);
        result[type.Length] = text is null ? (byte)0 : (byte)1;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(type.Length + 1), canonical.Length);
        canonical.CopyTo(result.AsSpan(type.Length + 1 + sizeof(int)));
        return result;
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.AsSpan().Trim(" \t\n\v\f\r"))
        {
            var space = c is ' ' or (>= '\t' and <= '\r');
            if (!space)
            {
                folded.Append(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c);
            }
            else if (folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString();
    }
}
