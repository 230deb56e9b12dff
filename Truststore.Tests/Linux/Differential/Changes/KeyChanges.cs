using System.Formats.Asn1;
using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Keys, signature algorithms, and signatures that are wrong.</summary>
internal static class KeyChanges
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>AlgorithmIdentifiers of PSS with one digest for everything.</summary>
    private static readonly Dictionary<HashAlgorithmName, byte[]> s_restricted = new()
    {
        [HashAlgorithmName.SHA256] = Pss("2.16.840.1.101.3.4.2.1", 32),
        [HashAlgorithmName.SHA512] = Pss("2.16.840.1.101.3.4.2.3", 64),
    };

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("RSA of 1024 bits", p => SetKey(p.Any(), KeyRing.Rsa1024)),
        new("RSA of 2048 bits", p => p.Path.ForEach(c => SetKey(c, KeyRing.Rsa2048))),
        new("P-384", p => SetKey(p.Any(), KeySpec.P384)),
        new("P-521", p => SetKey(p.Any(), KeySpec.P521)),
        new("other curve", p => SetKey(p.Any(), p.Pick(KeyRing.Brainpool256, KeyRing.Secp256k1, KeyRing.P192))),
        new("SHA-1", p => p.Any().Edits.Add(f =>
        {
            f.Hash = HashAlgorithmName.SHA1;
            f.Algorithm = new AsnReader(f.Algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier().StartsWith("1.2.840.10045.", StringComparison.Ordinal)
                ? Algorithm("1.2.840.10045.4.1")
                : Algorithm("1.2.840.113549.1.1.5", withNull: true);
        })),
        new("other digest", p =>
        {
            var plan = p.Any();
            plan.Spec = plan.Spec with { Hash = p.Pick(HashAlgorithmName.SHA384, HashAlgorithmName.SHA512) };
        }),
        new("RSA-PSS signature", p =>
        {
            p.Path.ForEach(c => c.Spec = c.Spec with { UsePss = true, Key = c == p.Leaf ? c.Spec.Key : KeyRing.Rsa2048, Hash = p.Pick(HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512) });
        }),
        new("RSA-PSS key of the end-entity", p =>
        {
            SetKey(p.Leaf, KeyRing.Rsa2048);
            p.Leaf.Edits.Add(f => f.SubjectPublicKeyInfo = ToPss(f.SubjectPublicKeyInfo, p.Pick<HashAlgorithmName?>(null, HashAlgorithmName.SHA256)));
        }),
        new("RSA-PSS key of a CA", p =>
        {
            var index = Math.Min(p.Path.Count - 1, p.Random.Next(1, Math.Max(2, p.Path.Count)));
            SetKey(p.Path[index], KeyRing.Rsa2048);
            p.Path[index].Edits.Add(f => f.SubjectPublicKeyInfo = ToPss(f.SubjectPublicKeyInfo, p.Pick<HashAlgorithmName?>(null, HashAlgorithmName.SHA256, HashAlgorithmName.SHA512)));
            if (index > 0)
            {
                p.Path[index - 1].Spec = p.Path[index - 1].Spec with { UsePss = p.Random.Next(3) > 0 };
            }
        }),
        new("corrupted signature", p => p.Any().Damage = static der => [.. der[..^1], (byte)(der[^1] ^ 1)]),
        new("corrupted contents", p => p.Any().Damage = static der =>
        {
            der[40] ^= 1;
            return der;
        }),
        new("signed by a stranger", p => p.Any().IsSignedByStranger = true),
        new("signed by a stranger, no key identifiers", p =>
        {
            var plan = p.AnyIssued();
            plan.IsSignedByStranger = true;
            p.Path.ForEach(c => c.Spec = c.Spec with { OmitAuthorityKeyIdentifier = true, OmitSubjectKeyIdentifier = true });
        }),
        new("signature algorithms differ", p => p.Any().Edits.Add(f => f.InnerAlgorithm = p.Pick(Algorithm("1.2.840.10045.4.3.4"), Algorithm("1.2.840.113549.1.1.5"), Algorithm("1.2.840.10045.4.3.2", withNull: true)))),
        new("key of an unknown kind", p => p.Any().Edits.Add(f => f.SubjectPublicKeyInfo = WithAlgorithm(f.SubjectPublicKeyInfo, Algorithm("1.3.6.1.4.1.99999.7")))),
        new("bytes behind the certificate", p => p.Any().Damage = static der => [.. der, 0x05, 0x00]),
    ];

    private static void SetKey(CertificatePlan plan, KeySpec key) => plan.Spec = plan.Spec with { Key = key };

    private static byte[] Algorithm(string oid, bool withNull = false) => DerText.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(oid);
            if (withNull)
            {
                w.WriteNull();
            }
        }
    });

    /// <summary>An RSA key as one that only signs by PSS, perhaps only with one digest (RFC 4055 §1.2).</summary>
    private static byte[] ToPss(byte[] subjectPublicKeyInfo, HashAlgorithmName? hash)
    {
        var algorithm = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadObjectIdentifier();
        return algorithm is RsaEncryption ? WithAlgorithm(subjectPublicKeyInfo, hash is { } digest ? s_restricted[digest] : Algorithm(RsaPss)) : subjectPublicKeyInfo;
    }

    private static byte[] Pss(string digest, int saltLength) => DerText.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(RsaPss);
            using (w.PushSequence())
            {
                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
                {
                    w.WriteEncodedValue(Algorithm(digest));
                }

                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1, isConstructed: true)))
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier("1.2.840.113549.1.1.8");
                    w.WriteEncodedValue(Algorithm(digest));
                }

                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2, isConstructed: true)))
                {
                    w.WriteInteger(saltLength);
                }
            }
        }
    });

    private static byte[] WithAlgorithm(byte[] subjectPublicKeyInfo, byte[] algorithm)
    {
        var reader = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        reader.ReadEncodedValue();
        return DerText.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteEncodedValue(algorithm);
                w.WriteEncodedValue(reader.ReadEncodedValue().Span);
            }
        });
    }
}
