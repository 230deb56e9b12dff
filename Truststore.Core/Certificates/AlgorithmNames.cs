using System.Collections.Frozen;

namespace Truststore.Certificates;

/// <summary>Object identifiers of keys, curves and signatures and their usual names (RFC 3279, 4055, 5480, 5758, 8410, 9881).</summary>
internal static class AlgorithmNames
{
    internal const string Rsa = "1.2.840.113549.1.1.1";
    internal const string RsaPss = "1.2.840.113549.1.1.10";
    internal const string Ec = "1.2.840.10045.2.1";
    internal const string Dsa = "1.2.840.10040.4.1";

    private static readonly FrozenDictionary<string, (string Name, int Size)> s_keys = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        [Rsa] = ("RSA", 0),
        [RsaPss] = ("RSA-PSS", 0),
        [Ec] = ("EC", 0),
        [Dsa] = ("DSA", 0),
        ["1.3.101.112"] = ("Ed25519", 256),
        ["1.3.101.113"] = ("Ed448", 456),
        ["2.16.840.1.101.3.4.3.17"] = ("ML-DSA-44", 10496),
        ["2.16.840.1.101.3.4.3.18"] = ("ML-DSA-65", 15616),
        ["2.16.840.1.101.3.4.3.19"] = ("ML-DSA-87", 20736),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (string Name, int Size)> s_curves = new Dictionary<string, (string, int)>(StringComparer.Ordinal)
    {
        ["1.2.840.10045.3.1.1"] = ("P-192", 192),
        ["1.3.132.0.33"] = ("P-224", 224),
        ["1.2.840.10045.3.1.7"] = ("P-256", 256),
        ["1.3.132.0.34"] = ("P-384", 384),
        ["1.3.132.0.35"] = ("P-521", 521),
        ["1.3.132.0.10"] = ("secp256k1", 256),
        ["1.3.36.3.3.2.8.1.1.7"] = ("brainpoolP256r1", 256),
        ["1.3.36.3.3.2.8.1.1.11"] = ("brainpoolP384r1", 384),
        ["1.3.36.3.3.2.8.1.1.13"] = ("brainpoolP512r1", 512),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> s_signatures = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.2"] = "md2WithRSAEncryption",
        ["1.2.840.113549.1.1.3"] = "md4WithRSAEncryption",
        ["1.2.840.113549.1.1.4"] = "md5WithRSAEncryption",
        ["1.2.840.113549.1.1.5"] = "sha1WithRSAEncryption",
        ["1.3.14.3.2.29"] = "sha1WithRSA",
        ["1.2.840.113549.1.1.14"] = "sha224WithRSAEncryption",
        ["1.2.840.113549.1.1.11"] = "sha256WithRSAEncryption",
        ["1.2.840.113549.1.1.12"] = "sha384WithRSAEncryption",
        ["1.2.840.113549.1.1.13"] = "sha512WithRSAEncryption",
        [RsaPss] = "rsassaPss",
        ["1.2.840.10040.4.3"] = "dsa-with-SHA1",
        ["2.16.840.1.101.3.4.3.2"] = "dsa-with-SHA256",
        ["1.2.840.10045.4.1"] = "ecdsa-with-SHA1",
        ["1.2.840.10045.4.3.1"] = "ecdsa-with-SHA224",
        ["1.2.840.10045.4.3.2"] = "ecdsa-with-SHA256",
        ["1.2.840.10045.4.3.3"] = "ecdsa-with-SHA384",
        ["1.2.840.10045.4.3.4"] = "ecdsa-with-SHA512",
        ["1.3.101.112"] = "Ed25519",
        ["1.3.101.113"] = "Ed448",
        ["2.16.840.1.101.3.4.3.17"] = "ML-DSA-44",
        ["2.16.840.1.101.3.4.3.18"] = "ML-DSA-65",
        ["2.16.840.1.101.3.4.3.19"] = "ML-DSA-87",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A key algorithm's name and, where the algorithm fixes it, the size of its keys in bits.</summary>
    internal static (string Name, int Size) Key(string oid) => s_keys.GetValueOrDefault(oid, (oid, 0));

    /// <summary>A curve's name and field size in bits.</summary>
    internal static (string Name, int Size) Curve(string oid) => s_curves.GetValueOrDefault(oid, (oid, 0));

    internal static string Signature(string oid) => s_signatures.GetValueOrDefault(oid, oid);
}
