using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Tests.Contract;
using Truststore.Tests.Core.Fuzzing;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux.Signatures;

/// <summary>
/// A certificate whose signed part is untouched and whose signature is written otherwise. One such change is accepted: ECDSA takes (r, n - s) for (r, s) (FIPS 186-5 §6.4.2 asks only that both lie between
/// 0 and n), and whoever has a certificate can make that one of it. It says and proves the same. Nothing may be told by the bytes of a certificate, or its hash, that is not told by its signed part.
/// Everything else is rejected: DER leaves one encoding of (r, s), RSA one representative of the signature, and the algorithm stands in the signed part as well.
/// </summary>
internal sealed class SignatureMalleabilityTests
{
    private static readonly BigInteger s_order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
    private static readonly Lazy<ThrowAwayCa> s_rsa = new(() => new ThrowAwayCa(ContractPki.Now, "RSA", KeySpec.Rsa(2048)));

    private static IEnumerable<TestCaseData> EllipticCurveCases()
    {
        yield return Ecdsa("as it is", (r, s) => Sequence(Integer(r), Integer(s)), null);
        yield return Ecdsa("(r, n - s)", (r, s) => Sequence(Integer(r), Integer(s_order - s)), null);
        yield return Ecdsa("(n - r, s)", (r, s) => Sequence(Integer(s_order - r), Integer(s)), FailureReason.InvalidSignature);
        yield return Ecdsa("(r + n, s)", (r, s) => Sequence(Integer(r + s_order), Integer(s)), FailureReason.InvalidSignature);
        yield return Ecdsa("(r, s + n)", (r, s) => Sequence(Integer(r), Integer(s + s_order)), FailureReason.InvalidSignature);
        yield return Ecdsa("(r, -s)", (r, s) => Sequence(Integer(r), Integer(-s)), FailureReason.InvalidSignature);
        yield return Ecdsa("(0, 0)", (_, _) => Sequence(Integer(0), Integer(0)), FailureReason.InvalidSignature);
        yield return Ecdsa("(n, n)", (_, _) => Sequence(Integer(s_order), Integer(s_order)), FailureReason.InvalidSignature);
        yield return Ecdsa("padded r", (r, s) => Sequence(Der.Value(0x02, [0, .. Content(r)]), Integer(s)), FailureReason.InvalidSignature);
        yield return Ecdsa("octet behind", (r, s) => [.. Sequence(Integer(r), Integer(s)), 0], FailureReason.InvalidSignature);
        yield return Ecdsa("third number", (r, s) => Sequence(Integer(r), Integer(s), Integer(0)), FailureReason.InvalidSignature);
        yield return Ecdsa("long length", (r, s) => [0x30, 0x81, .. Sequence(Integer(r), Integer(s))[1..]], FailureReason.InvalidSignature);
        yield return Ecdsa("indefinite length", (r, s) => [0x30, 0x80, .. Integer(r), .. Integer(s), 0, 0], FailureReason.InvalidSignature);
        yield return Ecdsa("without ASN.1", (r, s) => [.. Unsigned(r), .. Unsigned(s)], FailureReason.InvalidSignature);
        yield return Ecdsa("empty", (_, _) => [], FailureReason.InvalidSignature);
    }

    [TestCaseSource(nameof(EllipticCurveCases))]
    public void Verify_EcdsaSignatureWrittenOtherwise_IsTakenForOneThingOnly(Func<BigInteger, BigInteger, byte[]> change, FailureReason? expected)
    {
        var server = ContractPki.Instance.Server;

        Assert.That(Judge(server, ReplaceSignature(server, signature => Der.BitString(change(Read(signature).R, Read(signature).S)))), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> RsaCases()
    {
        yield return Rsa("as it is", (s, _) => s, null);
        yield return Rsa("zero in front", (s, _) => [0, .. s], FailureReason.InvalidSignature);
        yield return Rsa("zero behind", (s, _) => [.. s, 0], FailureReason.InvalidSignature);
        yield return Rsa("s + n", (s, n) => Unsigned(new BigInteger(s, isUnsigned: true, isBigEndian: true) + n), FailureReason.InvalidSignature);
        yield return Rsa("n - s", (s, n) => Unsigned(n - new BigInteger(s, isUnsigned: true, isBigEndian: true)), FailureReason.InvalidSignature);
        yield return Rsa("0", (s, _) => new byte[s.Length], FailureReason.InvalidSignature);
        yield return Rsa("1", (s, _) => [.. new byte[s.Length - 1], 1], FailureReason.InvalidSignature);
        yield return Rsa("empty", (_, _) => [], FailureReason.InvalidSignature);
    }

    [TestCaseSource(nameof(RsaCases))]
    public void Verify_RsaSignatureWrittenOtherwise_IsTakenForOneThingOnly(Func<byte[], BigInteger, byte[]> change, FailureReason? expected)
    {
        var server = s_rsa.Value.IssueServer(ContractPki.Host);
        using var key = s_rsa.Value.Intermediate.Certificate.GetRSAPublicKey()!;
        var modulus = new BigInteger(key.ExportParameters(includePrivateParameters: false).Modulus, isUnsigned: true, isBigEndian: true);

        Assert.That(Judge(server, ReplaceSignature(server, signature => Der.BitString(change(signature, modulus)))), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> AlgorithmCases()
    {
        yield return Algorithm("ECDSA with NULL", isRsa: false, "1.2.840.10045.4.3.2", [5, 0]);
        yield return Algorithm("ECDSA with another digest", isRsa: false, "1.2.840.10045.4.3.3");
        yield return Algorithm("RSA without NULL", isRsa: true, "1.2.840.113549.1.1.11");
        yield return Algorithm("RSA with another digest", isRsa: true, "1.2.840.113549.1.1.12", [5, 0]);
        yield return Algorithm("PSS for PKCS #1", isRsa: true, "1.2.840.113549.1.1.10", Der.Sequence());
        yield return Algorithm("RSA for ECDSA", isRsa: false, "1.2.840.113549.1.1.11", [5, 0]);
    }

    /// <summary>RFC 5280 §4.1.1.2: the algorithm beside the signature is the one inside of what is signed.</summary>
    [TestCaseSource(nameof(AlgorithmCases))]
    public void Verify_OtherAlgorithmBesideTheSignature_IsMalformed(bool isRsa, byte[] algorithm)
    {
        var server = isRsa ? s_rsa.Value.IssueServer(ContractPki.Host) : ContractPki.Instance.Server;
        var tree = DerTree.Read(server.Der.ToArray());

        Assert.That(Reasons(server, tree.Replace(Part(tree, 1), algorithm)), Does.Contain(FailureReason.MalformedCertificate));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(8)]
    public void Verify_SignatureOfNoWholeOctets_IsMalformed(byte unusedBits)
    {
        var server = ContractPki.Instance.Server;
        var other = ReplaceSignature(server, signature => Der.Value(0x03, [unusedBits, .. signature, 0]));

        Assert.That(Judge(server, other), Is.EqualTo(FailureReason.MalformedCertificate));
    }

    private static FailureReason? Judge(IssuedCertificate server, byte[] other) => Reasons(server, other) is [var reason, ..] ? reason : null;

    private static List<FailureReason> Reasons(IssuedCertificate server, byte[] other)
    {
        var chain = server.Path.ToList();
        var request = ContractPki.Request(chain) with { PeerChain = PeerCertificate.CreateChain([other, .. chain.Skip(1).Select(c => c.Der)]), AddedAnchors = ContractPki.Anchors(chain[^1]) };
        return [.. LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures.Select(f => f.Reason)];
    }

    /// <summary>The signed part, the algorithm or the signature.</summary>
    private static DerNode Part(DerTree tree, int number) => tree.Nodes.Where(n => n.Parent == 0).ElementAt(number);

    private static byte[] ReplaceSignature(IssuedCertificate certificate, Func<byte[], byte[]> change)
    {
        var tree = DerTree.Read(certificate.Der.ToArray());
        var signature = Part(tree, 2);
        return tree.Replace(signature, change(tree.Content(signature)[1..].ToArray()));
    }

    private static (BigInteger R, BigInteger S) Read(byte[] signature)
    {
        var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        return (sequence.ReadInteger(), sequence.ReadInteger());
    }

    private static byte[] Sequence(params byte[][] values) => Der.Sequence(values);

    private static byte[] Integer(BigInteger value) => Der.Value(0x02, Content(value));

    private static byte[] Content(BigInteger value) => value.ToByteArray(isUnsigned: false, isBigEndian: true);

    private static byte[] Unsigned(BigInteger value) => value.ToByteArray(isUnsigned: true, isBigEndian: true);

    private static TestCaseData Ecdsa(string name, Func<BigInteger, BigInteger, byte[]> change, FailureReason? expected) => new TestCaseData(change, expected).SetArgDisplayNames(name);

    private static TestCaseData Rsa(string name, Func<byte[], BigInteger, byte[]> change, FailureReason? expected) => new TestCaseData(change, expected).SetArgDisplayNames(name);

    private static TestCaseData Algorithm(string name, bool isRsa, string oid, byte[]? parameters = null) =>
        new TestCaseData(isRsa, parameters is null ? Der.Sequence(Der.ObjectIdentifier(oid)) : Der.Sequence(Der.ObjectIdentifier(oid), parameters)).SetArgDisplayNames(name);
}
