using System.Security.Cryptography;
using System.Text;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>One certificate that is as large and odd as the limits allow, as end-entity certificate.</summary>
internal static class CertificateCases
{
    /// <summary>Just below the limit of 256 KiB, the rest of the certificate included.</summary>
    private const int Full = 250_000;

    private const string UnknownOid = "1.3.6.1.4.1.55555.1";

    private static readonly ForgedCertificate s_root = Root("Root");

    internal static IEnumerable<PathologicalCase> All()
    {
        yield return Leaf("4,000 alternative names", s => s with { AlternativeNames = [.. DnsNames(4000), .. s.AlternativeNames] }, null);
        yield return Leaf("10,000 alternative names", s => s with { AlternativeNames = [.. DnsNames(10_000), .. s.AlternativeNames] }, FailureReason.TooManyNames);
        yield return Leaf("empty alternative names", s => s with { AlternativeNames = [.. Enumerable.Repeat(Der.Tagged(2, []), Full / 2), .. s.AlternativeNames] }, FailureReason.TooManyNames);
        yield return Leaf("empty directory names", s => s with { AlternativeNames = [.. Enumerable.Repeat(Der.Wrapped(4, Der.Sequence()), Full / 4), .. s.AlternativeNames] }, FailureReason.TooManyNames);
        yield return Leaf("one long alternative name", s => s with { AlternativeNames = [Der.Tagged(2, new byte[Full]), .. s.AlternativeNames] }, null);
        yield return Leaf("250 extensions", s => s with { Extensions = Extensions(250) }, null);
        yield return Leaf("thousands of extensions", s => s with { Extensions = Extensions(Full / 18) }, FailureReason.MalformedCertificate);
        yield return Leaf("one extension thousands of times", s => s with { Extensions = [.. Enumerable.Repeat(Extension(UnknownOid, isCritical: false, []), Full / 15)] }, FailureReason.MalformedCertificate);
        yield return Leaf("one long common name", s => s with { Subject = Der.CommonName(new string('A', Full)) }, null);
        yield return Leaf("one common name of spaces", s => s with { Subject = Der.CommonName("a" + new string(' ', Full) + "a") }, null);
        yield return Leaf("thousands of common names", s => s with { Subject = Der.Name(Enumerable.Repeat(("2.5.4.3", "a.b"), Full / 14)) }, FailureReason.MalformedCertificate);
        yield return Leaf("thousands of attributes in one set", s => s with { Subject = Der.Sequence(Der.Set(Enumerable.Repeat(Der.Sequence(Der.ObjectIdentifier("2.5.4.3"), Der.Utf8("a")), Full / 10))) }, FailureReason.MalformedCertificate);
        yield return Leaf("250 common names beside 4,000 alternative names", CommonNames, null);
        yield return Leaf("long attribute type", s => s with { Subject = Der.Sequence(Der.Set(Der.Sequence(LongObjectIdentifier(Full), Der.Utf8("a")))) }, FailureReason.MalformedCertificate);
        yield return Leaf("long extension type", s => s with { Extensions = [Der.Sequence(LongObjectIdentifier(Full), Der.OctetString([]))] }, FailureReason.MalformedCertificate);
        yield return Leaf("many arcs in an extension type", s => s with { Extensions = [Der.Sequence(Der.Value(0x06, new byte[Full]), Der.OctetString([]))] }, FailureReason.MalformedCertificate);
        yield return Leaf("long extended key usage", s => s with { Extensions = [Extension("2.5.29.37", isCritical: false, Der.Sequence(LongObjectIdentifier(Full)))] }, FailureReason.MalformedExtension);
        yield return Leaf("long certificate policy", s => s with { Extensions = [Extension("2.5.29.32", isCritical: false, Der.Sequence(Der.Sequence(LongObjectIdentifier(Full))))] }, null);
        yield return Leaf("thousands of extended key usages", s => s with { Extensions = [Extension("2.5.29.37", isCritical: false, Der.Sequence(Enumerable.Repeat(Der.ObjectIdentifier("2.5.4"), Full / 4)))] }, FailureReason.MalformedExtension);
        yield return Leaf("thousands of policies", s => s with { Extensions = [Extension("2.5.29.32", isCritical: false, Der.Sequence(Enumerable.Repeat(Der.Sequence(Der.ObjectIdentifier("2.5.4")), Full / 6)))] }, null);
        yield return Leaf("thousands of policy mappings", s => s with { Extensions = [Extension("2.5.29.33", isCritical: false, Der.Sequence(Enumerable.Repeat(Der.Sequence(Der.ObjectIdentifier("2.5.4"), Der.ObjectIdentifier("2.5.4")), Full / 10)))] }, null);
        yield return Leaf("thousands of places to fetch the issuer", s => s with { Extensions = [Extension("1.3.6.1.5.5.7.1.1", isCritical: false, Der.Sequence(Enumerable.Repeat(Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.2"), Der.Tagged(6, "a"u8)), Full / 15)))] }, null);
        yield return Leaf("thousands of distribution points", s => s with { Extensions = [Extension("2.5.29.31", isCritical: false, Der.Sequence(Enumerable.Repeat(Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, Der.Tagged(6, "a"u8)))), Full / 9)))] }, null);
        yield return Leaf("thousands of name constraints", s => s with { Extensions = [Extension("2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(0, Enumerable.Repeat(Der.Sequence(Der.Tagged(2, [])), Full / 4))))] }, null);
        yield return Leaf("NULLs for a key usage", s => s with { Extensions = [Extension("2.5.29.15", isCritical: true, Der.Sequence(Enumerable.Repeat<byte[]>([5, 0], Full / 2)))] }, FailureReason.MalformedExtension);
        yield return Leaf("NULLs for an authority key identifier", s => s with { OmitKeyIdentifiers = true, Extensions = [Extension("2.5.29.35", isCritical: false, Der.Sequence(Enumerable.Repeat<byte[]>([5, 0], Full / 2)))] }, FailureReason.MalformedExtension);
        yield return Leaf("long path length", s => s with { Extensions = [Extension("2.5.29.19", isCritical: true, Der.Sequence([1, 1, 0xFF], Der.Value(2, [1, .. new byte[Full]])))] }, null);
        yield return Leaf("deep nesting in an extension", s => s with { Extensions = [Extension("2.5.29.37", isCritical: false, Nested(Full))] }, FailureReason.MalformedExtension);
        yield return Leaf("deep nesting in the subject", s => s with { Subject = Nested(Full) }, FailureReason.MalformedCertificate);
        yield return Leaf("long serial number", s => s with { SerialNumber = [0x80, .. new byte[Full]] }, null);
        yield return Leaf("long signature", s => s with { Signature = (Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2")), new byte[Full]) }, FailureReason.InvalidSignature);
        yield return Leaf("long signature in good form", s => s with { Signature = (Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2")), Der.Sequence(Der.Value(2, [1, .. new byte[Full / 2]]), Der.Value(2, [1, .. new byte[Full / 2]]))) }, FailureReason.InvalidSignature);
        yield return Leaf("RSA key of 16384 bits", s => s with { SubjectPublicKeyInfo = RsaKey(16384, 65537) }, FailureReason.WeakKey);
        yield return Leaf("RSA key of two million bits", s => s with { SubjectPublicKeyInfo = RsaKey(2_000_000, 65537) }, FailureReason.WeakKey);
        yield return Leaf("RSA exponent as long as the modulus", s => s with { SubjectPublicKeyInfo = RsaKey(4096, RandomNumberGenerator.GetBytes(512)) }, FailureReason.WeakKey);
        yield return new("self-issued with an RSA key of 16384 bits", SelfIssuedRsa, FailureReason.SelfSigned);
    }

    internal static byte[] RsaKey(int bits, long exponent) => RsaKey(bits, BitConverter.GetBytes(exponent).Reverse().SkipWhile(b => b == 0).ToArray());

    internal static byte[] RsaKey(int bits, byte[] exponent)
    {
        // Nobody knows its factors; nobody needs to.
        var modulus = RandomNumberGenerator.GetBytes(bits / 8);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        exponent[^1] |= 1;
        return Der.Sequence(
            Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.1"), [5, 0]),
            Der.BitString(Der.Sequence(Der.Integer(modulus), Der.Integer(exponent))));
    }

    internal static (byte[] Algorithm, byte[] Value) RsaSignature(int bits)
    {
        var signature = RandomNumberGenerator.GetBytes(bits / 8);
        signature[0] = 0;
        return (Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.11"), [5, 0]), signature);
    }

    private static ChainVerificationRequest SelfIssuedRsa()
    {
        var spec = ServerSpec() with { SubjectPublicKeyInfo = RsaKey(16384, [0x7F, .. RandomNumberGenerator.GetBytes(7)]), Signature = RsaSignature(16384) };
        return Request([Root(spec)], s_root);
    }

    private static byte[][] Extensions(int count) => [.. Enumerable.Range(0, count).Select(i => Extension($"{UnknownOid}.{i}", isCritical: false, []))];

    /// <summary>Each common name has its alternative name, and that one is the last.</summary>
    private static ForgedSpec CommonNames(ForgedSpec spec) => spec with
    {
        Subject = Der.Name(Enumerable.Repeat(("2.5.4.3", ContractPki.Host), 250)),
        AlternativeNames = [.. DnsNames(4000), .. spec.AlternativeNames],
    };

    private static IEnumerable<byte[]> DnsNames(int count) => Enumerable.Range(0, count).Select(i => Der.Tagged(2, Encoding.ASCII.GetBytes($"host-{i}.example.org")));

    /// <summary>An OBJECT IDENTIFIER with one arc of so many octets.</summary>
    private static byte[] LongObjectIdentifier(int octets) => Der.Value(0x06, [0x2B, .. Enumerable.Repeat((byte)0xFF, octets - 2), 0x7F]);

    /// <summary>Sequences in sequences, each a tag and three octets of length.</summary>
    private static byte[] Nested(int size)
    {
        const int header = 5;
        var bytes = new byte[size];
        for (var start = 0; start + header <= size; start += header)
        {
            var length = size - start - header;
            byte[] begin = [0x30, 0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
            begin.CopyTo(bytes, start);
        }

        return bytes;
    }

    private static PathologicalCase Leaf(string name, Func<ForgedSpec, ForgedSpec> change, FailureReason? expected) =>
        new(name, () => Request([s_root.Issue(change(ServerSpec()))], s_root), expected);
}
