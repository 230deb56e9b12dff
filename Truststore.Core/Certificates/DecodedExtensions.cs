using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>The extensions of one certificate that every verification looks at.</summary>
/// <remarks>
/// Read by the runtime's own reader: it is strict and precompiled, and the first verification of a process should not wait for another parser to be loaded and compiled. What
/// verifications can mostly do without is in <see cref="PolicyExtensions"/> and <see cref="LocationExtensions"/>.
/// </remarks>
internal sealed class DecodedExtensions : ExtensionGroup
{
    private static readonly Asn1Tag s_keyIdentifier = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_authorityCertIssuer = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag s_authorityCertSerialNumber = new(TagClass.ContextSpecific, 2);

    internal DecodedExtensions(IReadOnlyList<CertificateExtension> extensions) => DecodeAll(extensions);

    internal BasicConstraints? BasicConstraints { get; private set; }

    internal int? KeyUsage { get; private set; }

    internal IReadOnlyList<string>? ExtendedKeyUsages { get; private set; }

    internal IReadOnlyList<GeneralName>? SubjectAlternativeNames { get; private set; }

    internal NamesByKind AlternativeNamesByKind => field ??= new NamesByKind(SubjectAlternativeNames ?? []);

    internal NameConstraintSet? NameConstraints { get; private set; }

    internal ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; private set; }

    internal AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; private set; }

    /// <summary>Whether an extension is one of these.</summary>
    internal static bool Holds(string oid) => oid is
        ExtensionOids.BasicConstraints or ExtensionOids.KeyUsage or ExtensionOids.ExtendedKeyUsage or ExtensionOids.SubjectAlternativeName
        or ExtensionOids.NameConstraints or ExtensionOids.SubjectKeyIdentifier or ExtensionOids.AuthorityKeyIdentifier;

    protected override bool Contains(string oid) => Holds(oid);

    protected override void Decode(CertificateExtension extension)
    {
        var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
        switch (extension.Oid)
        {
            case ExtensionOids.BasicConstraints:
                BasicConstraints = ReadBasicConstraints(reader.ReadSequence());
                break;
            case ExtensionOids.KeyUsage:
                KeyUsage = ReadKeyUsage(reader);
                break;
            case ExtensionOids.ExtendedKeyUsage:
                ExtendedKeyUsages = ReadObjectIdentifiers(reader.ReadSequence());
                break;
            case ExtensionOids.SubjectAlternativeName:
                SubjectAlternativeNames = GeneralNameReader.ReadNames(extension.Value);
                break;
            case ExtensionOids.NameConstraints:
                NameConstraints = GeneralNameReader.ReadConstraints(extension.Value);
                break;
            case ExtensionOids.SubjectKeyIdentifier:
                SubjectKeyIdentifier = reader.ReadOctetString();
                break;
            default:
                AuthorityKeyIdentifier = ReadAuthorityKeyIdentifier(reader.ReadSequence());
                break;
        }
    }

    private static BasicConstraints ReadBasicConstraints(AsnReader sequence)
    {
        // An encoded FALSE is no DER; the Strict profile minds, everybody else reads it.
        var isCertificateAuthority = sequence.HasData && sequence.PeekTag() == Asn1Tag.Boolean && sequence.ReadBoolean();
        int? pathLength = sequence.HasData ? ReadCount(sequence, Asn1Tag.Integer) : null;
        sequence.ThrowIfNotEmpty();
        return new BasicConstraints(isCertificateAuthority, pathLength);
    }

    private static int ReadKeyUsage(AsnReader reader)
    {
        // As in X509KeyUsageFlags: bit 0 (digitalSignature) is 0x80, bit 8 (decipherOnly) is 0x8000.
        var octets = reader.ReadBitString(out _);
        return octets.Length switch
        {
            0 => 0,
            1 => octets[0],
            _ => octets[0] | ((octets[1] & 0x80) << 8),
        };
    }

    private static IReadOnlyList<string> ReadObjectIdentifiers(AsnReader sequence)
    {
        var identifiers = new List<string>();
        while (sequence.HasData)
        {
            identifiers.Add(sequence.ReadObjectIdentifier());
        }

        return NotEmpty(identifiers);
    }

    private static AuthorityKeyIdentifier ReadAuthorityKeyIdentifier(AsnReader sequence)
    {
        byte[] keyIdentifier = HasNext(sequence, s_keyIdentifier) ? sequence.ReadOctetString(s_keyIdentifier) : [];
        var hasIssuer = HasNext(sequence, s_authorityCertIssuer);
        if (hasIssuer)
        {
            GeneralNameReader.ReadNames(sequence.ReadSequence(s_authorityCertIssuer));
        }

        var hasSerialNumber = HasNext(sequence, s_authorityCertSerialNumber);
        if (hasSerialNumber)
        {
            sequence.ReadIntegerBytes(s_authorityCertSerialNumber);
        }

        sequence.ThrowIfNotEmpty();
        return new AuthorityKeyIdentifier(keyIdentifier, hasIssuer, hasSerialNumber);
    }

    private static int ReadCount(AsnReader reader, Asn1Tag tag)
    {
        var octets = reader.ReadIntegerBytes(tag).Span;
        if ((octets[0] & 0x80) != 0)
        {
            throw new AsnContentException("a count is negative.");
        }

        // A count above the longest path there can be says no more than "any".
        if (octets.Length > sizeof(int))
        {
            return int.MaxValue;
        }

        var count = 0;
        foreach (var octet in octets)
        {
            count = (count << 8) | octet;
        }

        return count;
    }

    private static bool HasNext(AsnReader sequence, Asn1Tag tag) => sequence.HasData && sequence.PeekTag() == tag;

    private static IReadOnlyList<T> NotEmpty<T>(List<T> items) =>
        items.Count > 0 ? items.AsReadOnly() : throw new AsnContentException("the sequence is empty.");
}
