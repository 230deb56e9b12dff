using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>Keys are RSA of a whole number of octets, or on P-256, P-384 or P-521 (BR 6.1.5, 7.1.3.1); ML-DSA stays allowed, which the requirements will follow.</summary>
internal sealed class StrictKeyRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var key = certificate.PublicKey;
        return key.AlgorithmOid switch
        {
            AlgorithmNames.Rsa => key.Size % 8 == 0 ? null : StrictFailure.Of($"the RSA key has {key.Size} bits, which are not whole octets (CA/Browser Forum BR 6.1.5)."),
            AlgorithmNames.Ec => key.Curve is "P-256" or "P-384" or "P-521" ? null : StrictFailure.Of($"the elliptic curve {key.Curve} is none of P-256, P-384 and P-521 (CA/Browser Forum BR 6.1.5)."),
            _ when key.Algorithm.StartsWith("ML-DSA", StringComparison.Ordinal) => null,
            _ => StrictFailure.Of($"the key algorithm {key.Algorithm} is neither RSA nor EC (CA/Browser Forum BR 7.1.3.1)."),
        };
    }
}
