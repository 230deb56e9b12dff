using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>The fields of Certificate and TBSCertificate (RFC 5280 §4.1) as slices of the encoding; extension values stay undecoded.</summary>
/// <remarks>
/// Read by the runtime's own DER reader: it is strict, precompiled and allocates next to nothing, which matters where 144 anchors are indexed before the first handshake.
/// What is inside the extensions is decoded when it is asked for, see <see cref="ExtensionGroup"/>.
/// </remarks>
internal sealed class CertificateEnvelope
{
    private static readonly Asn1Tag s_version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_issuerUniqueId = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag s_subjectUniqueId = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <summary>Reads bytes that are known to be DER.</summary>
    /// <exception cref="AsnContentException">They are not a Certificate.</exception>
    private CertificateEnvelope(ReadOnlyMemory<byte> encoded)
    {
        RawData = encoded;
        var certificate = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        TbsCertificate = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        OuterSignatureAlgorithm = certificate.ReadEncodedValue();
        Signature = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();
        Require(unusedBits == 0, "the signature is not a whole number of octets.");

        Version = ReadVersion(tbs);
        SerialNumber = tbs.ReadIntegerBytes();
        InnerSignatureAlgorithm = tbs.ReadEncodedValue();
        Issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        (NotBefore, var isNotBeforeConforming) = CertificateTime.Read(validity);
        (NotAfter, var isNotAfterConforming) = CertificateTime.Read(validity);
        HasConformingDates = isNotBeforeConforming && isNotAfterConforming;
        validity.ThrowIfNotEmpty();
        Subject = tbs.ReadEncodedValue();
        SubjectPublicKeyInfo = tbs.ReadEncodedValue();
        AlgorithmIdentifier.Read(InnerSignatureAlgorithm);
        NameDecoder.Validate(Issuer.Span);
        NameDecoder.Validate(Subject.Span);

        HasUniqueIdentifiers = SkipUniqueIdentifier(tbs, s_issuerUniqueId) | SkipUniqueIdentifier(tbs, s_subjectUniqueId);
        Extensions = tbs.HasData ? ExtensionList.Read(tbs.ReadSequence(s_extensions)) : [];
        tbs.ThrowIfNotEmpty();
        Require(Version == 3 || Extensions.Count == 0, "extensions in a certificate that is not of version 3.");
        Require(Version >= 2 || !HasUniqueIdentifiers, "unique identifiers in a version 1 certificate.");
        PublicKey = PublicKeyReader.Read(SubjectPublicKeyInfo);
        SignatureAlgorithmOid = AlgorithmIdentifier.Read(OuterSignatureAlgorithm).Oid;
    }

    internal ReadOnlyMemory<byte> RawData { get; }

    internal ReadOnlyMemory<byte> TbsCertificate { get; }

    /// <summary>1, 2 or 3.</summary>
    internal int Version { get; }

    internal ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The AlgorithmIdentifier inside the signed part.</summary>
    internal ReadOnlyMemory<byte> InnerSignatureAlgorithm { get; }

    /// <summary>The AlgorithmIdentifier beside the signature.</summary>
    internal ReadOnlyMemory<byte> OuterSignatureAlgorithm { get; }

    internal ReadOnlyMemory<byte> Issuer { get; }

    internal DateTimeOffset NotBefore { get; }

    internal DateTimeOffset NotAfter { get; }

    /// <summary>Whether both dates use the types that RFC 5280 §4.1.2.5 prescribes: UTCTime through 2049, GeneralizedTime after.</summary>
    internal bool HasConformingDates { get; }

    internal ReadOnlyMemory<byte> Subject { get; }

    internal ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    internal PublicKeyInfo PublicKey { get; }

    /// <summary>The object identifier of the AlgorithmIdentifier beside the signature.</summary>
    internal string SignatureAlgorithmOid { get; }

    internal bool HasUniqueIdentifiers { get; }

    internal IReadOnlyList<CertificateExtension> Extensions { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    /// <exception cref="CertificateFormatException">The bytes are not one DER-encoded certificate.</exception>
    internal static CertificateEnvelope Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            DerValidator.Validate(encoded.Span);
            return new CertificateEnvelope(encoded);
        }
        catch (AsnContentException error)
        {
            throw new CertificateFormatException($"The bytes are not a DER-encoded X.509 certificate: {error.Message}", error);
        }
    }

    /// <summary>The subject's encoding, found without looking at anything else. For indexing anchors.</summary>
    /// <exception cref="AsnContentException">The bytes do not even begin like a certificate.</exception>
    internal static ReadOnlyMemory<byte> PeekSubject(ReadOnlyMemory<byte> encoded)
    {
        var tbs = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (tbs.PeekTag() == s_version)
        {
            tbs.ReadEncodedValue();
        }

        for (var skipped = 0; skipped < 4; skipped++)
        {
            tbs.ReadEncodedValue(); // serialNumber, signature, issuer, validity
        }

        return tbs.ReadEncodedValue();
    }

    private static int ReadVersion(AsnReader tbs)
    {
        if (!tbs.HasData || tbs.PeekTag() != s_version)
        {
            return 1;
        }

        var version = tbs.ReadSequence(s_version);
        Require(version.TryReadInt32(out var value) && value is >= 0 and <= 2, "the version is none of v1, v2 and v3.");
        version.ThrowIfNotEmpty();
        return value + 1;
    }

    private static bool SkipUniqueIdentifier(AsnReader tbs, Asn1Tag tag)
    {
        if (!tbs.HasData || !tbs.PeekTag().HasSameClassAndValue(tag))
        {
            return false;
        }

        tbs.ReadBitString(out _, tag);
        return true;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new AsnContentException(message);
        }
    }
}
