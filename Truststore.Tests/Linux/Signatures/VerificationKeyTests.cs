using System.Security.Cryptography;
using Truststore.Platform.Linux;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux.Signatures;

/// <summary>Keys that say for which RSA signatures they are (RFC 4055 §1.2, §3.3).</summary>
internal sealed class VerificationKeyTests
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Sha512 = "2.16.840.1.101.3.4.2.3";

    private static readonly byte[] s_data = [1, 2, 3];
    private static readonly Lazy<byte[]> s_privateKey = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKey();
    });

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("any RSA", Key(Rsa, Null), pkcs1: true, pss256: true, pss512: true);
        yield return Case("any PSS", Key(RsaPss), pkcs1: false, pss256: true, pss512: true);
        yield return Case("PSS with SHA-256", Key(RsaPss, Parameters(Sha256, Sha256, 32)), pkcs1: false, pss256: true, pss512: false);
        yield return Case("PSS with SHA-512", Key(RsaPss, Parameters(Sha512, Sha512, 64)), pkcs1: false, pss256: false, pss512: true);
        yield return Case("PSS with SHA-256 and a shorter salt at least", Key(RsaPss, Parameters(Sha256, Sha256, 20)), pkcs1: false, pss256: true, pss512: false);
        yield return Case("PSS with SHA-256 and a longer salt at least", Key(RsaPss, Parameters(Sha256, Sha256, 33)), pkcs1: false, pss256: false, pss512: false);
        yield return Case("PSS with two digests", Key(RsaPss, Parameters(Sha256, Sha512, 32)), pkcs1: false, pss256: false, pss512: false);
        yield return Case("PSS with the defaults, which are SHA-1", Key(RsaPss, Der.Sequence()), pkcs1: false, pss256: false, pss512: false);
        yield return Case("PSS with NULL", Key(RsaPss, Null), pkcs1: false, pss256: false, pss512: false);
    }

    private static byte[] Null => [0x05, 0x00];

    [TestCaseSource(nameof(Cases))]
    public void Verify_KeyThatSaysWhatItSigns_TakesNothingElse(byte[] subjectPublicKeyInfo, bool pkcs1, bool pss256, bool pss512)
    {
        var key = new VerificationKey(Issuer(subjectPublicKeyInfo).Anchor.Certificate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verify(key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), Is.EqualTo(pkcs1), "PKCS#1");
            Assert.That(Verify(key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss), Is.EqualTo(pss256), "PSS, SHA-256");
            Assert.That(Verify(key, HashAlgorithmName.SHA512, RSASignaturePadding.Pss), Is.EqualTo(pss512), "PSS, SHA-512");
        }
    }

    [Test]
    public void Verify_Pkcs1SignatureInTheNameOfAPssKey_IsRejectedAsNotFitting()
    {
        var issuer = Issuer(Key(RsaPss));
        var server = issuer.Issue(ForgedCertificate.ServerSpec() with { Signature = (Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.11"), Null), new byte[256]) });

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([server], issuer));

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.UnsupportedSignatureAlgorithm }));
    }

    private static ForgedCertificate Issuer(byte[] subjectPublicKeyInfo) => ForgedCertificate.Root(new ForgedSpec { Subject = Der.CommonName("RSA"), SubjectPublicKeyInfo = subjectPublicKeyInfo });

    private static bool Verify(VerificationKey key, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        using var signer = PrivateKey();
        return key.Verify(s_data, signer.SignData(s_data, hash, padding), new SignatureAlgorithm(KeyKind.Rsa, hash, padding));
    }

    private static RSA PrivateKey()
    {
        var key = RSA.Create();
        key.ImportRSAPrivateKey(s_privateKey.Value, out _);
        return key;
    }

    private static byte[] Key(string oid, params IEnumerable<byte[]> parameters)
    {
        using var key = PrivateKey();
        return Der.Sequence(Der.Sequence([Der.ObjectIdentifier(oid), .. parameters]), Der.BitString(key.ExportRSAPublicKey()));
    }

    /// <summary>RSASSA-PSS-params (RFC 4055 §3.1).</summary>
    private static byte[] Parameters(string hash, string maskHash, int saltLength) => Der.Sequence(
        Der.Wrapped(0, Algorithm(hash)),
        Der.Wrapped(1, Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.8"), Algorithm(maskHash))),
        Der.Wrapped(2, Der.Integer(saltLength)));

    private static byte[] Algorithm(string oid) => Der.Sequence(Der.ObjectIdentifier(oid));

    private static TestCaseData Case(string name, byte[] key, bool pkcs1, bool pss256, bool pss512) => new TestCaseData(key, pkcs1, pss256, pss512).SetArgDisplayNames(name);
}
