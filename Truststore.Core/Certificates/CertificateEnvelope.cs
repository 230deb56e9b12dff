using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>The fields of Certificate and TBSCertificate (RFC 5280 §4.1) as slices of the encoding; extension values stay undecoded.</summary>
/// <remarks>
/// Read by the runtime's own DER reader: it is strict, precompiled and allocates next to nothing, which matters where 144 anchors are indexed before the first handshake.
/// What is inside the extensions is decoded when it is asked for, see <see cref="ExtensionDecoder"/> and <see cref="LocationDecoder"/>.
/// </remarks>
internal sealed class CertificateEnvelope
{
    internal ReadOnlyMemory<byte> RawData { get; private init; }

    internal ReadOnlyMemory<byte> TbsCertificate { get; private init; }

    /// <summary>1, 2 or 3.</summary>
    internal int Version { get; private init; }

    internal ReadOnlyMemory<byte> SerialNumber { get; private init; }

    /// <summary>The AlgorithmIdentifier inside the signed part.</summary>
    internal ReadOnlyMemory<byte> InnerSignatureAlgorithm { get; private init; }

    /// <summary>The AlgorithmIdentifier beside the signature.</summary>
    internal ReadOnlyMemory<byte> OuterSignatureAlgorithm { get; private init; }

    internal ReadOnlyMemory<byte> Issuer { get; private init; }

    internal DateTimeOffset NotBefore { get; private init; }

    internal DateTimeOffset NotAfter { get; private init; }

    /// <summary>Whether both dates use the types that RFC 5280 §4.1.2.5 prescribes: UTCTime through 2049, GeneralizedTime after.</summary>
    internal bool HasConformingDates { get; private init; }

    internal ReadOnlyMemory<byte> Subject { get; private init; }

    internal ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; private init; }

    internal required PublicKeyInfo PublicKey { get; init; }

    /// <summary>The object identifier of the AlgorithmIdentifier beside the signature.</summary>
    internal required string SignatureAlgorithmOid { get; init; }

    internal bool HasUniqueIdentifiers { get; private init; }

    internal IReadOnlyList<CertificateExtension> Extensions { get; private init; } = [];

    internal ReadOnlyMemory<byte> Signature { get; private init; }

    /// <exception cref="CertificateFormatException">The bytes are not one DER-encoded certificate.</exception>
    internal static CertificateEnvelope Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            DerValidator.Validate(encoded.Span);
            return ReadCertificate(encoded);
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

    private static readonly Asn1Tag s_version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_issuerUniqueId = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag s_subjectUniqueId = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    private static CertificateEnvelope ReadCertificate(ReadOnlyMemory<byte> encoded)
    {
        var certificate = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var tbsBytes = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var outerAlgorithm = certificate.ReadEncodedValue();
        var signature = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();
        Require(unusedBits == 0, "the signature is not a whole number of octets.");

        var version = ReadVersion(tbs);
        var serialNumber = tbs.ReadIntegerBytes();
        var innerAlgorithm = tbs.ReadEncodedValue();
        var issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        var (notBefore, conforming1) = CertificateTime.Read(validity);
        var (notAfter, conforming2) = CertificateTime.Read(validity);
        validity.ThrowIfNotEmpty();
        var subject = tbs.ReadEncodedValue();
        var publicKey = tbs.ReadEncodedValue();
        AlgorithmIdentifier.Read(innerAlgorithm);
        NameDecoder.Validate(issuer.Span);
        NameDecoder.Validate(subject.Span);

        var hasUniqueIdentifiers = SkipUniqueIdentifier(tbs, s_issuerUniqueId) | SkipUniqueIdentifier(tbs, s_subjectUniqueId);
        var extensions = tbs.HasData ? ExtensionList.Read(tbs.ReadSequence(s_extensions)) : [];
        tbs.ThrowIfNotEmpty();
        Require(version == 3 || extensions.Count == 0, $"extensions in a version {version} certificate.");
        Require(version >= 2 || !hasUniqueIdentifiers, "unique identifiers in a version 1 certificate.");

        return new CertificateEnvelope
        {
            RawData = encoded,
            TbsCertificate = tbsBytes,
            Version = version,
            SerialNumber = serialNumber,
            InnerSignatureAlgorithm = innerAlgorithm,
            OuterSignatureAlgorithm = outerAlgorithm,
            Issuer = issuer,
            NotBefore = notBefore,
            NotAfter = notAfter,
            HasConformingDates = conforming1 && conforming2,
            Subject = subject,
            SubjectPublicKeyInfo = publicKey,
            PublicKey = PublicKeyReader.Read(publicKey),
            SignatureAlgorithmOid = AlgorithmIdentifier.Read(outerAlgorithm).Oid,
            HasUniqueIdentifiers = hasUniqueIdentifiers,
            Extensions = extensions,
            Signature = signature,
        };
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
