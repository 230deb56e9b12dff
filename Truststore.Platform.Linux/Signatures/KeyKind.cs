namespace Truststore.Platform.Linux;

/// <summary>The kinds of key that verify signatures here.</summary>
internal enum KeyKind
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary>RSA, by PKCS #1 v1.5 or PSS.</summary>
    Rsa,

    /// <summary>ECDSA.</summary>
    EllipticCurve,

    /// <summary>ML-DSA (FIPS 204), where the runtime's OpenSSL has it.</summary>
    MlDsa,
}
