using System.Formats.Asn1;
using System.Numerics;

namespace Truststore.Certificates;

/// <summary>Reads what a SubjectPublicKeyInfo says about its key (RFC 3279 §2.3, RFC 5480), without importing it.</summary>
internal static class PublicKeyReader
{
    /// <exception cref="AsnContentException">The value is not a SubjectPublicKeyInfo.</exception>
    internal static PublicKeyInfo Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var spki = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        var algorithm = spki.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        var key = spki.ReadBitString(out _);
        spki.ThrowIfNotEmpty();

        var name = AlgorithmNames.Key(oid);
        try
        {
            return oid switch
            {
                AlgorithmNames.Rsa or AlgorithmNames.RsaPss => ReadRsa(oid, name, key),
                AlgorithmNames.Ec => ReadEc(oid, name, algorithm),
                AlgorithmNames.Dsa => new PublicKeyInfo(oid, name, BitLength(algorithm.ReadSequence().ReadIntegerBytes().Span)),
                _ => new PublicKeyInfo(oid, name, AlgorithmNames.KeySize(oid)),
            };
        }
        catch (AsnContentException)
        {
            // Size 0 is what every key rule rejects; who only looks at the certificate can still do so.
            return new PublicKeyInfo(oid, name, 0);
        }
    }

    private static PublicKeyInfo ReadRsa(string oid, string name, ReadOnlyMemory<byte> key)
    {
        var rsa = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();
        var modulus = rsa.ReadIntegerBytes();
        var exponent = rsa.ReadIntegerBytes();
        return new PublicKeyInfo(oid, name, BitLength(modulus.Span)) { RsaExponent = exponent.Span[0] == 0 ? exponent[1..] : exponent };
    }

    private static PublicKeyInfo ReadEc(string oid, string name, AsnReader algorithm)
    {
        if (!algorithm.HasData || algorithm.PeekTag() != Asn1Tag.ObjectIdentifier)
        {
            // Explicit or implicit curve parameters (RFC 3279): the size is whatever they claim.
            return new PublicKeyInfo(oid, name, 0);
        }

        var curve = algorithm.ReadObjectIdentifier();
        return new PublicKeyInfo(oid, name, AlgorithmNames.CurveSize(curve), curve, AlgorithmNames.Curve(curve));
    }

    private static int BitLength(ReadOnlySpan<byte> integer)
    {
        var magnitude = integer.TrimStart((byte)0);
        return magnitude.IsEmpty ? 0 : ((magnitude.Length - 1) * 8) + BitOperations.Log2(magnitude[0]) + 1;
    }
}
