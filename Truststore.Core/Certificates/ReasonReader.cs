using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads ReasonFlags (RFC 5280 §4.2.1.13), in certificates and in revocation lists alike.</summary>
internal static class ReasonReader
{
    private const int LastReason = 8;

    /// <summary>The field of a number where that is next, and else all reasons.</summary>
    /// <exception cref="AsnContentException">The field is not ReasonFlags.</exception>
    internal static RevocationReasons ReadField(AsnReader fields, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number);
        if (!fields.HasData || fields.PeekTag() != tag)
        {
            return RevocationReasons.All;
        }

        var octets = fields.ReadBitString(out _, tag);
        var reasons = RevocationReasons.None;
        for (var bit = 0; bit <= LastReason && bit < 8 * octets.Length; bit++)
        {
            // Bit 0 is the highest of the first octet.
            var isSet = (octets[bit / 8] & (0x80 >> (bit % 8))) != 0;
            reasons |= isSet ? (RevocationReasons)(1 << bit) : RevocationReasons.None;
        }

        return reasons & RevocationReasons.All;
    }
}
