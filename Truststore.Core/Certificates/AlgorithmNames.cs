namespace Truststore.Certificates;

/// <summary>Object identifiers of keys, curves and signatures and their usual names (RFC 3279, 4055, 5480, 5758, 8410, 9881).</summary>
/// <remarks>Switches, not dictionaries: they need no start-up, and the first verification of a process waits for them.</remarks>
internal static class AlgorithmNames
{
    internal const string Rsa = "1.2.840.113549.1.1.1";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string Ec = "1.2.840.10045.2.1";
    internal const string Dsa = "1.2.840.10040.4.1";
    internal const string MlDsa44 = "2.16.840.1.101.3.4.3.17";
    internal const string MlDsa65 = "2.16.840.1.101.3.4.3.18";
    internal const string MlDsa87 = "2.16.840.1.101.3.4.3.19";
    private const string Ed25519 = "1.3.101.112";
    private const string Ed448 = "1.3.101.113";

    /// <summary>A key algorithm's name; the object identifier where it has none.</summary>
    internal static string Key(string oid) => oid switch
    {
        Rsa => "RSA",
        RsaPss => "RSA-PSS",
        Ec => "EC",
        Dsa => "DSA",
        Ed25519 => "Ed25519",
        Ed448 => "Ed448",
        MlDsa44 => "ML-DSA-44",
        MlDsa65 => "ML-DSA-65",
        MlDsa87 => "ML-DSA-87",
        _ => oid,
    };

    /// <summary>The size of the keys in bits where the algorithm fixes it, else 0.</summary>
    internal static int KeySize(string oid) => oid switch
    {
        Ed25519 => 256,
        Ed448 => 456,
        MlDsa44 => 10496,
        MlDsa65 => 15616,
        MlDsa87 => 20736,
        _ => 0,
    };

    /// <summary>A curve's name; the object identifier where it has none.</summary>
    internal static string Curve(string oid) => oid switch
    {
        "1.2.840.10045.3.1.1" => "P-192",
        "1.3.132.0.33" => "P-224",
        "1.2.840.10045.3.1.7" => "P-256",
        "1.3.132.0.34" => "P-384",
        "1.3.132.0.35" => "P-521",
        "1.3.132.0.10" => "secp256k1",
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1",
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1",
        "1.3.36.3.3.2.8.1.1.13" => "brainpoolP512r1",
        _ => oid,
    };

    /// <summary>A curve's field size in bits; 0 for an unknown one.</summary>
    internal static int CurveSize(string oid) => oid switch
    {
        "1.2.840.10045.3.1.1" => 192,
        "1.3.132.0.33" => 224,
        "1.2.840.10045.3.1.7" or "1.3.132.0.10" or "1.3.36.3.3.2.8.1.1.7" => 256,
        "1.3.132.0.34" or "1.3.36.3.3.2.8.1.1.11" => 384,
        "1.3.36.3.3.2.8.1.1.13" => 512,
        "1.3.132.0.35" => 521,
        _ => 0,
    };

    /// <summary>A signature algorithm's name as OpenSSL prints it; the object identifier where it has none.</summary>
    internal static string Signature(string oid) => oid switch
    {
        "1.2.840.113549.1.1.2" => "md2WithRSAEncryption",
        "1.2.840.113549.1.1.3" => "md4WithRSAEncryption",
        "1.2.840.113549.1.1.4" => "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.3.14.3.2.29" => "sha1WithRSA",
        "1.2.840.113549.1.1.14" => "sha224WithRSAEncryption",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        RsaPss => "rsassaPss",
        "1.2.840.10040.4.3" => "dsa-with-SHA1",
        "2.16.840.1.101.3.4.3.2" => "dsa-with-SHA256",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.1" => "ecdsa-with-SHA224",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        _ => Key(oid),
    };
}
