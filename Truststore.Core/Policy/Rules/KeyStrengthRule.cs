using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Keys are strong enough to mean something, and not so large that checking them costs much: RSA from 2048 bits (NIST SP 800-57 part 1, table 2) to 8192 with an odd exponent of at most
/// 32 bits, elliptic curves by name from 224 bits, Ed25519, Ed448, ML-DSA. No DSA.
/// </summary>
internal sealed class KeyStrengthRule : ICertificateRule
{
    internal const int MinRsaBits = 2048;
    internal const int MaxRsaBits = 8192;
    internal const int MaxRsaExponentOctets = 4;
    internal const int MinCurveBits = 224;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var key = certificate.PublicKey;
        var weakness = key.AlgorithmOid switch
        {
            AlgorithmNames.Rsa or AlgorithmNames.RsaPss => FindRsaWeakness(key),
            AlgorithmNames.Ec when key.Curve is null => "the elliptic curve is not given by name (RFC 5480 §2.1.1).",
            AlgorithmNames.Ec when key.Size < MinCurveBits => $"the elliptic curve {key.Curve} is not accepted; it has to be a known one of {MinCurveBits} bits or more.",
            AlgorithmNames.Dsa => "DSA keys are not accepted.",
            _ when key.Size == 0 => $"the key algorithm {key.Algorithm} is unknown.",
            _ => null,
        };
        return weakness is null ? null : new VerificationFailure(FailureReason.WeakKey, weakness);
    }

    private static string? FindRsaWeakness(PublicKeyInfo key)
    {
        if (key.Size is < MinRsaBits or > MaxRsaBits)
        {
            return $"the RSA key has {key.Size} bits; {MinRsaBits} to {MaxRsaBits} are accepted.";
        }

        var exponent = key.RsaExponent.Span;
        var isOne = exponent.Length == 1 && exponent[0] == 1;
        return exponent.Length is 0 or > MaxRsaExponentOctets || (exponent[^1] & 1) == 0 || isOne
            ? "the RSA key's public exponent is not an odd number above 1 of at most 32 bits."
            : null;
    }
}
