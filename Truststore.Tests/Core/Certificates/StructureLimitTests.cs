using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Core.Certificates;

/// <summary>The fixed limits of a certificate's structure: at each of them it is read, and beyond it refused before anything is made of it.</summary>
internal sealed class StructureLimitTests
{
    /// <summary>Basic constraints, key usage and two key identifiers.</summary>
    private const int OwnExtensions = 4;

    private static byte[] AnyExtension => Extension("1.3.6.1.4.1.55555.1", isCritical: false, []);

    [TestCase(256, true)]
    [TestCase(257, false)]
    [TestCase(10_000, false)]
    public void Parse_Extensions_AreBounded(int count, bool isRead)
    {
        var certificate = Forge(s => s with { Extensions = [.. Enumerable.Repeat(AnyExtension, count - OwnExtensions)] });

        Assert.That(() => CertificateInfo.Parse(certificate), isRead ? Throws.Nothing : Throws.TypeOf<CertificateFormatException>().With.Message.Contains("256 extensions"));
    }

    [TestCase(256, true)]
    [TestCase(257, false)]
    public void Parse_AttributesOfTheSubject_AreBounded(int count, bool isRead)
    {
        var attribute = Der.Sequence(Der.ObjectIdentifier("2.5.4.3"), Der.Utf8("x"));
        var certificate = Forge(s => s with { Subject = Der.Sequence(Der.Set(Enumerable.Repeat(attribute, count - 1)), Der.Set(attribute)) });

        Assert.That(() => CertificateInfo.Parse(certificate), isRead ? Throws.Nothing : Throws.TypeOf<CertificateFormatException>().With.Message.Contains("256 attributes"));
    }

    private static IEnumerable<TestCaseData> Lists()
    {
        var oid = Der.ObjectIdentifier("2.5.4");
        var name = Der.Tagged(6, "a"u8);
        yield return Case("extended key usages", "2.5.29.37", oid, 1);
        yield return Case("policies", "2.5.29.32", Der.Sequence(oid), 2);
        yield return Case("mappings", "2.5.29.33", Der.Sequence(oid, oid), 3);
        yield return Case("access descriptions", "1.3.6.1.5.5.7.1.1", Der.Sequence(oid, name), 3);
        yield return Case("distribution points", "2.5.29.31", Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, name))), 4);
    }

    [TestCaseSource(nameof(Lists))]
    public void MalformedExtensions_ListOfManyElements_IsMalformedBeyondTheLimit(string oid, byte[] element, int most)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Malformed(most), Is.Empty);
            Assert.That(Malformed(most + 1), Is.EqualTo(new[] { oid }));
        }

        IEnumerable<string> Malformed(int count) =>
            CertificateInfo.Parse(Forge(s => s with { Extensions = [Extension(oid, isCritical: false, Der.Sequence(Enumerable.Repeat(element, count)))] })).MalformedExtensions.Keys;
    }

    /// <summary>A registeredID of one arc of 240,000 octets where a URL should be: no text is made of it.</summary>
    [TestCase("1.3.6.1.5.5.7.1.1", 1)]
    [TestCase("2.5.29.31", 1)]
    [TestCase("2.5.29.35", 0)]
    public void MalformedExtensions_LongRegisteredId_AllocateNoMoreThanItsLength(string oid, int malformed)
    {
        const int octets = 240_000;
        var name = Der.Tagged(8, [.. Enumerable.Repeat((byte)0xFF, octets), 0x7F]);
        var value = oid switch
        {
            "1.3.6.1.5.5.7.1.1" => Der.Sequence(Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.2"), name)),
            "2.5.29.31" => Der.Sequence(Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, name)), Der.Wrapped(2, name))),
            _ => Der.Sequence(Der.Wrapped(1, name), Der.Tagged(2, [1])),
        };
        var encoded = Forge(s => s with { OmitKeyIdentifiers = true, Extensions = [Extension(oid, isCritical: false, value)] });

        var before = GC.GetAllocatedBytesForCurrentThread();
        var certificate = CertificateInfo.Parse(encoded);
        var count = certificate.MalformedExtensions.Count;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(8 * octets));
            Assert.That(count, Is.EqualTo(malformed));
        }
    }

    private static byte[] Forge(Func<ForgedSpec, ForgedSpec> change) => Root(change(new ForgedSpec { Subject = Der.CommonName("Root") })).Encoded;

    private static TestCaseData Case(string name, string oid, byte[] element, int valuesOfOne) => new TestCaseData(oid, element, 1023 / valuesOfOne).SetArgDisplayNames(name);
}
