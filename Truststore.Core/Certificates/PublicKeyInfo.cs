namespace Truststore;

/// <summary>The subject public key of a certificate, as far as structure tells (RFC 5280 §4.1.2.7). Whether the key is any good is a matter of policy.</summary>
/// <param name="AlgorithmOid">The algorithm's object identifier, dotted.</param>
/// <param name="Algorithm">The algorithm's usual name (<c>RSA</c>, <c>EC</c>, <c>Ed25519</c>, <c>ML-DSA-65</c>), or the object identifier where there is none.</param>
/// <param name="Size">The key size in bits: modulus, curve field or prime; 0 where the algorithm is unknown.</param>
/// <param name="CurveOid">The named curve's object identifier, or <see langword="null"/>.</param>
/// <param name="Curve">The named curve's usual name (<c>P-256</c>), or <see langword="null"/>.</param>
public sealed record PublicKeyInfo(string AlgorithmOid, string Algorithm, int Size, string? CurveOid = null, string? Curve = null)
{
    /// <summary>The RSA public exponent as big-endian bytes without leading zeros; empty for other algorithms.</summary>
    internal ReadOnlyMemory<byte> RsaExponent { get; init; }
}
