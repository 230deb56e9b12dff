using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads CertificateList (RFC 5280 §5.1) from bytes that are known to be DER.</summary>
internal sealed class RevocationListReader
{
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);

    internal ReadOnlyMemory<byte> Tbs { get; private set; }

    internal int Version { get; private set; } = 1;

    internal ReadOnlyMemory<byte> InnerSignatureAlgorithm { get; private set; }

    internal ReadOnlyMemory<byte> OuterSignatureAlgorithm { get; private set; }

    internal ReadOnlyMemory<byte> Issuer { get; private set; }

    internal DateTimeOffset ThisUpdate { get; private set; }

    internal DateTimeOffset? NextUpdate { get; private set; }

    internal Dictionary<ReadOnlyMemory<byte>, RevokedCertificate> Entries { get; } = new(OctetsComparer.Instance);

    /// <summary>Whether an entry has a critical extension that nobody here knows; such a list must not be used (RFC 5280 §5.3).</summary>
    internal bool HasUnknownEntryExtension { get; private set; }

    internal IReadOnlyList<CertificateExtension> Extensions { get; private set; } = [];

    internal ReadOnlyMemory<byte> Signature { get; private set; }

    /// <exception cref="AsnContentException">The bytes are not a CertificateList.</exception>
    internal static RevocationListReader Read(ReadOnlyMemory<byte> encoded)
    {
        var list = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var result = new RevocationListReader { Tbs = list.PeekEncodedValue() };
        var tbs = list.ReadSequence();
        result.OuterSignatureAlgorithm = list.ReadEncodedValue();
        result.Signature = list.ReadBitString(out var unusedBits);
        list.ThrowIfNotEmpty();
        AlgorithmIdentifier.Read(result.OuterSignatureAlgorithm);
        result.ReadTbs(tbs);
        return unusedBits == 0 ? result : throw new AsnContentException("the signature is not a whole number of octets.");
    }

    private void ReadTbs(AsnReader tbs)
    {
        if (tbs.PeekTag() == Asn1Tag.Integer)
        {
            Version = tbs.TryReadInt32(out var version) && version == 1 ? 2 : throw new AsnContentException("the version is not v2.");
        }

        InnerSignatureAlgorithm = tbs.ReadEncodedValue();
        AlgorithmIdentifier.Read(InnerSignatureAlgorithm);
        Issuer = tbs.ReadEncodedValue();
        NameDecoder.Validate(Issuer.Span);
        (ThisUpdate, _) = CertificateTime.Read(tbs);
        if (tbs.HasData && (tbs.PeekTag() == Asn1Tag.UtcTime || tbs.PeekTag() == Asn1Tag.GeneralizedTime))
        {
            (NextUpdate, _) = CertificateTime.Read(tbs);
        }

        if (tbs.HasData && tbs.PeekTag() == Asn1Tag.Sequence)
        {
            ReadEntries(tbs.ReadSequence());
        }

        Extensions = tbs.HasData ? ExtensionList.Read(tbs.ReadSequence(s_extensions)) : [];
        tbs.ThrowIfNotEmpty();
    }

    private void ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            var serialNumber = entry.ReadIntegerBytes();
            var (date, _) = CertificateTime.Read(entry);
            if (entry.HasData)
            {
                HasUnknownEntryExtension |= HasUnknownCriticalExtension(entry);
            }

            entry.ThrowIfNotEmpty();
            Entries[serialNumber] = new RevokedCertificate(date);
        }
    }

    private static bool HasUnknownCriticalExtension(AsnReader entry)
    {
        var wrapper = new AsnReader(entry.ReadEncodedValue(), AsnEncodingRules.DER);
        return ExtensionList.Read(wrapper).Any(e => e.IsCritical && e.Oid is not ExtensionOids.CrlReason);
    }
}
