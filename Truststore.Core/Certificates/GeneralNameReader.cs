using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads GeneralName and what consists of them (RFC 5280 §4.2.1.6, §4.2.1.10).</summary>
/// <remarks>Not left to BouncyCastle: its strings lose octets above 127, and names are compared.</remarks>
internal static class GeneralNameReader
{
    private static readonly Asn1Tag s_otherNameValue = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>GeneralNames: one name or more.</summary>
    /// <exception cref="AsnContentException">The value is not GeneralNames.</exception>
    internal static IReadOnlyList<GeneralName> ReadNames(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return ReadNames(sequence);
    }

    /// <summary>The content of GeneralNames: one name or more.</summary>
    /// <exception cref="AsnContentException">The content is not that of GeneralNames.</exception>
    internal static IReadOnlyList<GeneralName> ReadNames(AsnReader sequence)
    {
        var names = new List<GeneralName>();
        while (sequence.HasData)
        {
            names.Add(ReadName(sequence));
        }

        return names.Count > 0 ? names.AsReadOnly() : throw new AsnContentException("the sequence of names is empty.");
    }

    /// <summary>NameConstraints: permitted and excluded subtrees, at least one of them.</summary>
    /// <exception cref="AsnContentException">The value is not NameConstraints.</exception>
    internal static NameConstraintSet ReadConstraints(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var permitted = ReadSubtrees(sequence, 0);
        var excluded = ReadSubtrees(sequence, 1);
        sequence.ThrowIfNotEmpty();
        return permitted.Count + excluded.Count > 0
            ? new NameConstraintSet(permitted, excluded)
            : throw new AsnContentException("there is neither a permitted nor an excluded subtree.");
    }

    private static IReadOnlyList<GeneralName> ReadSubtrees(AsnReader constraints, int tagNumber)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, tagNumber, isConstructed: true);
        if (!constraints.HasData || constraints.PeekTag() != tag)
        {
            return [];
        }

        // Without a reader for each: there may be tens of thousands.
        var encoded = constraints.ReadEncodedValue();
        AsnDecoder.ReadSequence(encoded.Span, AsnEncodingRules.DER, out var start, out var length, out _, tag);
        var subtrees = encoded.Slice(start, length);
        var names = new List<GeneralName>();
        if (subtrees.IsEmpty)
        {
            throw new AsnContentException("a list of subtrees is empty.");
        }

        while (!subtrees.IsEmpty)
        {
            AsnDecoder.ReadSequence(subtrees.Span, AsnEncodingRules.DER, out var offset, out var size, out var consumed);
            var name = ReadName(subtrees.Slice(offset, size), out var nameSize);

            // minimum is 0, which DER leaves out, and maximum is absent: RFC 5280 §4.2.1.10.
            names.Add(nameSize == size ? name : throw new AsnContentException("a subtree is more than a name."));
            subtrees = subtrees[consumed..];
        }

        return names.AsReadOnly();
    }

    /// <summary>One GeneralName.</summary>
    /// <exception cref="AsnContentException">The next value is not a GeneralName.</exception>
    internal static GeneralName ReadName(AsnReader reader) => ReadName(reader.ReadEncodedValue(), out _);

    /// <summary>Whether the content octets are those of an OtherName: an object identifier and a value under [0].</summary>
    internal static bool IsOtherName(ReadOnlySpan<byte> content)
    {
        try
        {
            var type = AsnDecoder.ReadEncodedValue(content, AsnEncodingRules.DER, out _, out _, out var typeLength);
            var value = AsnDecoder.ReadEncodedValue(content[typeLength..], AsnEncodingRules.DER, out _, out _, out var valueLength);
            return type == Asn1Tag.ObjectIdentifier && value == s_otherNameValue && typeLength + valueLength == content.Length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static GeneralName ReadName(ReadOnlyMemory<byte> encoded, out int consumed)
    {
        var tag = AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out var offset, out var length, out consumed);
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)GeneralNameKind.RegisteredId)
        {
            throw new AsnContentException("a general name has an unknown tag.");
        }

        var kind = (GeneralNameKind)tag.TagValue;
        var constructed = kind is GeneralNameKind.OtherName or GeneralNameKind.X400Address or GeneralNameKind.DirectoryName or GeneralNameKind.EdiPartyName;
        if (tag.IsConstructed != constructed)
        {
            throw new AsnContentException($"a general name of kind {kind} has the wrong form.");
        }

        var content = encoded.Slice(offset, length);
        if (kind == GeneralNameKind.RegisteredId && !DerValidator.IsObjectIdentifier(content.Span))
        {
            throw new AsnContentException("a registeredID is no object identifier, or too long.");
        }

        if (kind == GeneralNameKind.DirectoryName)
        {
            NameDecoder.Validate(content.Span);
        }

        return new GeneralName(kind, content);
    }
}
