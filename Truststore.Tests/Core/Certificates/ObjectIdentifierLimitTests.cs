using System.Formats.Asn1;
using Truststore.Certificates;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Certificates;

/// <summary>Object identifiers of any length are read or refused, and cost no more than their length.</summary>
internal sealed class ObjectIdentifierLimitTests
{
    private static IEnumerable<TestCaseData> Contents()
    {
        yield return Case("one subidentifier", [0x2B]);
        yield return Case("63 subidentifiers", Filled(63, 0x2B));
        yield return Case("64 subidentifiers", Filled(64, 0x2B));
        yield return Case("128 bits", [0x69, 0x83, .. Filled(17, 0xFF), 0x7F]);
        yield return Case("129 bits", [0x69, 0x84, .. Filled(17, 0x80), 0x00]);
        yield return Case("20 octets", [0x69, 0x81, .. Filled(18, 0x80), 0x00]);
        yield return Case("first of 128 bits", [0x83, .. Filled(17, 0xFF), 0x7F]);
        yield return Case("first of 129 bits", [0x84, .. Filled(17, 0x80), 0x00]);
        yield return Case("padded", [0x2B, 0x80, 0x01]);
        yield return Case("unfinished", [0x2B, 0x81]);
        yield return Case("empty", []);
    }

    /// <summary>What passes the validator never makes the decoder throw later, when a name is written out.</summary>
    [TestCaseSource(nameof(Contents))]
    public void Validate_ObjectIdentifier_TakesWhatTheDecoderTakes(byte[] content)
    {
        var encoded = Der.Value(0x06, content);

        Assert.That(Throws(() => DerValidator.Validate(encoded)), Is.EqualTo(Throws(() => AsnDecoder.ReadObjectIdentifier(encoded, AsnEncodingRules.DER, out _))));
    }

    /// <summary>A subject with an attribute type of 129 bits: its text is asked for outside of any decoder.</summary>
    [Test]
    public void Parse_LongAttributeType_ThrowsTheDocumentedException()
    {
        var certificate = ForgedCertificate.Root(new ForgedSpec { Subject = NameOf([0x69, 0x84, .. Filled(17, 0x80), 0x00]) }).Encoded;

        Assert.Throws<CertificateFormatException>(() => CertificateInfo.Parse(certificate));
    }

    /// <summary>An extended key usage of one arc of 250,000 octets took two minutes and 53 GB.</summary>
    [Test]
    public void MalformedExtensions_LongExtendedKeyUsage_AllocatesNoMoreThanItsLength()
    {
        const int octets = 250_000;
        var usage = Der.Value(0x06, [0x2B, .. Filled(octets, 0xFF), 0x7F]);
        var spec = ForgedCertificate.ServerSpec() with { Extensions = [ForgedCertificate.Extension("2.5.29.37", isCritical: false, Der.Sequence(usage))] };
        var encoded = ForgedCertificate.Root(spec).Encoded;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var certificate = CertificateInfo.Parse(encoded);
        var malformed = certificate.MalformedExtensions.Keys;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8 * octets));
            Assert.That(malformed, Is.EqualTo(new[] { "2.5.29.37" }));
        }
    }

    private static byte[] NameOf(byte[] type) => Der.Sequence(Der.Set(Der.Sequence(Der.Value(0x06, type), Der.Utf8("x"))));

    private static byte[] Filled(int count, byte octet) => [.. Enumerable.Repeat(octet, count)];

    private static bool Throws(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (AsnContentException)
        {
            return true;
        }
    }

    private static TestCaseData Case(string name, byte[] content) => new TestCaseData(content).SetArgDisplayNames(name);
}
