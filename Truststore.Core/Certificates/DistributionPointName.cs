using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>DistributionPointName (RFC 5280 §4.2.1.13), in certificates and in revocation lists alike.</summary>
internal sealed class DistributionPointName
{
    private static readonly Asn1Tag s_field = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_fullName = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_nameRelativeToIssuer = new(TagClass.ContextSpecific, 1, isConstructed: true);

    // Set where the name is relative: one RDN, as a SET.
    private readonly ReadOnlyMemory<byte> _relativeName;

    private DistributionPointName(IReadOnlyList<GeneralName> fullName, ReadOnlyMemory<byte> relativeName)
    {
        FullName = fullName;
        _relativeName = relativeName;
    }

    /// <summary>The names, each for the same place; empty where the name is relative to an issuer's.</summary>
    internal IReadOnlyList<GeneralName> FullName { get; }

    /// <summary>Reads the field [0] of a DistributionPoint or an IssuingDistributionPoint where that is next, and else nothing.</summary>
    /// <exception cref="AsnContentException">The field is not a DistributionPointName.</exception>
    internal static DistributionPointName? ReadField(AsnReader fields)
    {
        if (!fields.HasData || fields.PeekTag() != s_field)
        {
            return null;
        }

        var choice = fields.ReadSequence(s_field);
        var name = choice.HasData && choice.PeekTag() == s_nameRelativeToIssuer
            ? new DistributionPointName([], ReadRelativeName(choice))
            : new DistributionPointName(GeneralNameReader.ReadNames(choice.ReadSequence(s_fullName)), default);
        choice.ThrowIfNotEmpty();
        return name;
    }

    /// <summary>The names in full.</summary>
    /// <param name="issuer">Who signs the lists, to whose name a relative name is added.</param>
    internal IReadOnlyList<GeneralName> Resolve(DistinguishedName issuer)
    {
        if (_relativeName.IsEmpty)
        {
            return FullName;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            var names = new AsnReader(issuer.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                writer.WriteEncodedValue(names.ReadEncodedValue().Span);
            }

            writer.WriteEncodedValue(_relativeName.Span);
        }

        return [new GeneralName(new DistinguishedName(writer.Encode()))];
    }

    private static ReadOnlyMemory<byte> ReadRelativeName(AsnReader choice)
    {
        const byte set = 0x31;
        var name = choice.ReadEncodedValue().ToArray();
        name[0] = set;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(name);
        }

        NameDecoder.Validate(writer.Encode());
        return name;
    }
}
