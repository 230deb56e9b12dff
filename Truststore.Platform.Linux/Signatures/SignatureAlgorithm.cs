using System.Formats.Asn1;
using System.Security.Cryptography;
using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>How a signature is to be verified: what its AlgorithmIdentifier says.</summary>
/// <param name="KeyKind">The kind of key that makes such signatures.</param>
/// <param name="Hash">The digest; empty where the algorithm brings its own.</param>
/// <param name="Padding">The RSA padding, else null.</param>
internal readonly record struct SignatureAlgorithm(KeyKind KeyKind, HashAlgorithmName Hash, RSASignaturePadding? Padding = null)
{
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    /// <summary>Reads an AlgorithmIdentifier. False for algorithms that this runtime or this library does not verify.</summary>
    internal static bool TryRead(ReadOnlyMemory<byte> algorithmIdentifier, out SignatureAlgorithm algorithm)
    {
        var (oid, parameters) = AlgorithmIdentifier.Read(algorithmIdentifier);
        algorithm = oid switch
        {
            // RFC 4055 §5: parameters are NULL; RFC 8017 has receivers take their absence too.
            "1.2.840.113549.1.1.11" when IsNullOrAbsent(parameters) => Pkcs1(HashAlgorithmName.SHA256),
            "1.2.840.113549.1.1.12" when IsNullOrAbsent(parameters) => Pkcs1(HashAlgorithmName.SHA384),
            "1.2.840.113549.1.1.13" when IsNullOrAbsent(parameters) => Pkcs1(HashAlgorithmName.SHA512),

            // RFC 5758 §3.2: parameters are absent.
            "1.2.840.10045.4.3.2" when parameters.IsEmpty => new(KeyKind.EllipticCurve, HashAlgorithmName.SHA256),
            "1.2.840.10045.4.3.3" when parameters.IsEmpty => new(KeyKind.EllipticCurve, HashAlgorithmName.SHA384),
            "1.2.840.10045.4.3.4" when parameters.IsEmpty => new(KeyKind.EllipticCurve, HashAlgorithmName.SHA512),

            // RFC 9881 §2.
            "2.16.840.1.101.3.4.3.17" or "2.16.840.1.101.3.4.3.18" or "2.16.840.1.101.3.4.3.19" when parameters.IsEmpty => new(KeyKind.MlDsa, default),
            AlgorithmNames.RsaPss => ReadPss(parameters, isKey: false),
            _ => default,
        };
        return algorithm.KeyKind != KeyKind.Unknown;
    }

    /// <summary>Reads what an id-RSASSA-PSS key says that it signs by (RFC 4055 §1.2): the only algorithm, or any PSS, of which the digest is then empty.</summary>
    /// <returns>False for a key whose signatures cannot be verified here.</returns>
    internal static bool TryReadPssKey(ReadOnlyMemory<byte> algorithmIdentifier, out SignatureAlgorithm algorithm)
    {
        try
        {
            var (_, parameters) = AlgorithmIdentifier.Read(algorithmIdentifier);
            algorithm = parameters.IsEmpty ? new(KeyKind.Rsa, default, RSASignaturePadding.Pss) : ReadPss(parameters, isKey: true);
        }
        catch (AsnContentException)
        {
            algorithm = default;
        }

        return algorithm.KeyKind != KeyKind.Unknown;
    }

    private static SignatureAlgorithm Pkcs1(HashAlgorithmName hash) => new(KeyKind.Rsa, hash, RSASignaturePadding.Pkcs1);

    private static bool IsNullOrAbsent(ReadOnlyMemory<byte> parameters) => parameters.IsEmpty || parameters.Span.SequenceEqual("\x05\0"u8);

    /// <summary>RFC 4055 §3.1: one digest for message and mask, a salt of its length, trailer 1. Nothing else is in use, nor verified by the runtime. A key names the shortest salt (§3.3).</summary>
    private static SignatureAlgorithm ReadPss(ReadOnlyMemory<byte> parameters, bool isKey)
    {
        try
        {
            var sequence = new AsnReader(parameters, AsnEncodingRules.DER).ReadSequence();
            var (hash, length) = Digest(AlgorithmIdentifier.Read(Field(sequence, 0).PeekEncodedValue()).Oid);
            var (mask, maskParameters) = AlgorithmIdentifier.Read(Field(sequence, 1).PeekEncodedValue());
            var (maskHash, _) = Digest(AlgorithmIdentifier.Read(maskParameters).Oid);
            var fittingSalt = Field(sequence, 2).TryReadInt32(out var saltLength) && (saltLength == length || (isKey && saltLength >= 0 && saltLength < length));
            return fittingSalt && hash == maskHash && length > 0 && mask is Mgf1 && !sequence.HasData ? new(KeyKind.Rsa, hash, RSASignaturePadding.Pss) : default;
        }
        catch (AsnContentException)
        {
            return default;
        }
    }

    private static AsnReader Field(AsnReader sequence, int tagNumber) => sequence.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, tagNumber, isConstructed: true));

    private static (HashAlgorithmName Hash, int Length) Digest(string oid) => oid switch
    {
        "2.16.840.1.101.3.4.2.1" => (HashAlgorithmName.SHA256, 32),
        "2.16.840.1.101.3.4.2.2" => (HashAlgorithmName.SHA384, 48),
        "2.16.840.1.101.3.4.2.3" => (HashAlgorithmName.SHA512, 64),
        _ => default,
    };
}
