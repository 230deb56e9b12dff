using Truststore.Certificates;

namespace Truststore.Tests.Core.Certificates;

/// <summary>The values of the extensions that every verification looks at.</summary>
internal sealed class DecodedExtensionsTests
{
    private static IEnumerable<TestCaseData> MalformedValues()
    {
        yield return Case("bytes behind the value", ExtensionOids.BasicConstraints, "30000500");
        yield return Case("something behind the path length", ExtensionOids.BasicConstraints, "30090101FF0201000500");
        yield return Case("a negative path length", ExtensionOids.BasicConstraints, "30060101FF0201FF");
        yield return Case("a path length that is not minimal", ExtensionOids.BasicConstraints, "30070101FF02020000");
        yield return Case("a BOOLEAN that is neither 00 nor FF", ExtensionOids.BasicConstraints, "3003010101");
        yield return Case("an indefinite length", ExtensionOids.BasicConstraints, "30800000");
        yield return Case("an OCTET STRING", ExtensionOids.KeyUsage, "040105");
        yield return Case("unused bits that are set", ExtensionOids.KeyUsage, "030205FF");
        yield return Case("no purpose", ExtensionOids.ExtendedKeyUsage, "3000");
        yield return Case("a purpose that is a number", ExtensionOids.ExtendedKeyUsage, "3003020100");
        yield return Case("an identifier with a tag of its own", ExtensionOids.SubjectKeyIdentifier, "80020102");
        yield return Case("identifiers out of order", ExtensionOids.AuthorityKeyIdentifier, "30078201018002AABB");
        yield return Case("an issuer without a name", ExtensionOids.AuthorityKeyIdentifier, "3002A100");
        yield return Case("an unknown field", ExtensionOids.AuthorityKeyIdentifier, "3003830101");
        yield return Case("nothing", ExtensionOids.KeyUsage, "");

        static TestCaseData Case(string what, string oid, string value) => new TestCaseData(oid, value).SetArgDisplayNames(what, oid);
    }

    [TestCaseSource(nameof(MalformedValues))]
    public void DecodedExtensions_MalformedValue_IsAnErrorAndSaysNothing(string oid, string value)
    {
        var decoded = Decode(oid, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decoded.Errors.Keys, Is.EqualTo([oid]));
            Assert.That(decoded.BasicConstraints, Is.Null);
            Assert.That(decoded.KeyUsage, Is.Null);
            Assert.That(decoded.ExtendedKeyUsages, Is.Null);
            Assert.That(decoded.SubjectKeyIdentifier, Is.Null);
            Assert.That(decoded.AuthorityKeyIdentifier, Is.Null);
        }
    }

    [TestCase("3000", false, null)]
    [TestCase("30030101FF", true, null)]
    [TestCase("3003020105", false, 5)]
    [TestCase("30060101FF020100", true, 0)]
    [TestCase("30060101FF02017F", true, 127)]
    [TestCase("30070101FF02020080", true, 128)]
    [TestCase("300A0101FF0205007FFFFFFF", null, null, Description = "not minimal")]
    [TestCase("30090101FF02047FFFFFFF", true, int.MaxValue)]
    [TestCase("300D0101FF0208010000000000000000", null, null, Description = "lengths that disagree")]
    [TestCase("300C0101FF020701000000000000", true, int.MaxValue)]
    public void DecodedExtensions_BasicConstraints_ReadsBothFields(string value, bool? isCertificateAuthority, int? pathLength)
    {
        var constraints = Decode(ExtensionOids.BasicConstraints, value).BasicConstraints;

        Assert.That(constraints, Is.EqualTo(isCertificateAuthority is { } authority ? new BasicConstraints(authority, pathLength) : null));
    }

    [TestCase("03020780", 0x80)]
    [TestCase("03020106", 0x06)]
    [TestCase("0303070080", 0x8000)]
    [TestCase("030100", 0)]
    public void DecodedExtensions_KeyUsage_ReadsAllNineBits(string value, int expected) =>
        Assert.That(Decode(ExtensionOids.KeyUsage, value).KeyUsage, Is.EqualTo(expected));

    [Test]
    public void DecodedExtensions_AuthorityKeyIdentifier_ReadsAllThreeFields()
    {
        var identifier = Decode(ExtensionOids.AuthorityKeyIdentifier, "300C8002AABBA10382016182010A").AuthorityKeyIdentifier!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identifier.KeyIdentifier.ToArray(), Is.EqualTo([0xAA, 0xBB]));
            Assert.That(identifier.HasIssuer, Is.True);
            Assert.That(identifier.HasSerialNumber, Is.True);
        }
    }

    [Test]
    public void DecodedExtensions_RepeatedExtension_IsAnError()
    {
        var extension = new CertificateExtension(ExtensionOids.BasicConstraints, IsCritical: true, Convert.FromHexString("30030101FF"));

        Assert.That(new DecodedExtensions([extension, extension]).Errors.Keys, Is.EqualTo([ExtensionOids.BasicConstraints]));
    }

    private static DecodedExtensions Decode(string oid, string value) =>
        new([new CertificateExtension(oid, IsCritical: false, Convert.FromHexString(value))]);
}
