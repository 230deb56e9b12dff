using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Truststore.Policy;

namespace Truststore.Tests.Core.Policy;

/// <summary>Names against name constraints, RFC 5280 §4.2.1.10.</summary>
internal sealed class NameConstraintMatcherTests
{
    [TestCase("example.com", "example.com", "Yes")]
    [TestCase("EXAMPLE.com", "example.COM", "Yes")]
    [TestCase("www.example.com", "example.com", "Yes")]
    [TestCase("a.b.example.com", "example.com", "Yes")]
    [TestCase("notexample.com", "example.com", "No")]
    [TestCase("com", "example.com", "No")]
    [TestCase("anything.test", "", "Yes")]
    [TestCase("example.com", ".example.com", "No")]
    [TestCase("www.example.com", ".example.com", "Yes")]
    [TestCase("*.example.com", "example.com", "Yes")]
    [TestCase("*.example.com", ".example.com", "Yes")]
    [TestCase("*.example.com", "www.example.com", "No")]
    [TestCase("*.com", "example.com", "No")]
    [TestCase(".example.com", "example.com", "Malformed")]
    [TestCase("www..example.com", "example.com", "Malformed")]
    [TestCase("exam ple.com", "example.com", "Malformed")]
    [TestCase("", "example.com", "Malformed")]
    [TestCase("example.com", "*.example.com", "Malformed")]
    [TestCase("example.com", "exam\u00FFple.com", "Malformed")]
    public void Compare_DnsNameWithPermitted_FollowsTheRfc(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.DnsName, Octets(name), Octets(constraint), isExcluded: false), Is.EqualTo(expected));

    [TestCase("example.com", "example.com", "Yes")]
    [TestCase("www.example.com", "example.com", "Yes")]
    [TestCase("example.com", ".example.com", "Yes")]
    [TestCase("*.example.com", "example.com", "Yes")]
    [TestCase("*.example.com", "www.example.com", "Yes")]
    [TestCase("*.example.com", "a.b.example.com", "No")]
    [TestCase("*.example.com", "other.test", "No")]
    [TestCase("*.ample.com", "example.com", "No")]
    [TestCase("example.com", "www.example.com", "No")]
    [TestCase("anything.test", "", "Yes")]
    public void Compare_DnsNameWithExcluded_CoversWhatAWildcardCouldBe(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.DnsName, Octets(name), Octets(constraint), isExcluded: true), Is.EqualTo(expected));

    [TestCase("192.0.2.77", "192.0.2.0/255.255.255.0", "Yes")]
    [TestCase("192.0.3.1", "192.0.2.0/255.255.255.0", "No")]
    [TestCase("192.0.2.77", "192.0.2.77/255.255.255.255", "Yes")]
    [TestCase("10.1.2.3", "0.0.0.0/0.0.0.0", "Yes")]
    [TestCase("192.0.2.1", "192.0.2.9/255.255.255.0", "Yes")]
    [TestCase("2001:db8::1", "2001:db8::/ffff:ffff::", "Yes")]
    [TestCase("2001:db9::1", "2001:db8::/ffff:ffff::", "No")]
    [TestCase("2001:db8::1", "0.0.0.0/0.0.0.0", "No")]
    [TestCase("192.0.2.1", "::/::", "No")]
    [TestCase("192.0.2.1", "192.0.2.0/255.0.255.0", "Malformed")]
    [TestCase("192.0.2.1", "192.0.2.0/255.255.255.253", "Malformed")]
    [TestCase("192.0.2.1", "192.0.2.0", "Malformed")]
    [TestCase("192.0.2.0/255.255.255.0", "192.0.2.0/255.255.255.0", "Malformed")]
    public void Compare_Address_MasksIt(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.IPAddress, Addresses(name), Addresses(constraint), isExcluded: false), Is.EqualTo(expected));

    [TestCase("user@example.com", "user@example.com", "Yes")]
    [TestCase("user@EXAMPLE.com", "user@example.com", "Yes")]
    [TestCase("User@example.com", "user@example.com", "No")]
    [TestCase("user@example.com", "example.com", "Yes")]
    [TestCase("user@www.example.com", "example.com", "No")]
    [TestCase("user@www.example.com", ".example.com", "Yes")]
    [TestCase("user@example.com", ".example.com", "No")]
    [TestCase("user@example.com", "*@example.com", "No")]
    [TestCase("\"a@b\"@example.com", "example.com", "Yes")]
    [TestCase("user", "example.com", "Malformed")]
    [TestCase("user@", "example.com", "Malformed")]
    [TestCase("@example.com", "example.com", "Malformed")]
    [TestCase("\u00FCser@example.com", "example.com", "Malformed")]
    public void Compare_Email_FollowsTheRfc(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.Rfc822Name, Octets(name), Octets(constraint), isExcluded: false), Is.EqualTo(expected));

    [TestCase("https://example.com/path", "example.com", "Yes")]
    [TestCase("https://user@example.com:8443/", "example.com", "Yes")]
    [TestCase("https://www.example.com/", "example.com", "No")]
    [TestCase("https://www.example.com/", ".example.com", "Yes")]
    [TestCase("https://example.com/", ".example.com", "No")]
    [TestCase("https://evil.test/example.com", "example.com", "No")]
    [TestCase("https://192.0.2.1/", "example.com", "Malformed")]
    [TestCase("urn:uuid:1", "example.com", "Malformed")]
    [TestCase("nonsense", "example.com", "Malformed")]
    public void Compare_Uri_ComparesItsHost(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.Uri, Octets(name), Octets(constraint), isExcluded: false), Is.EqualTo(expected));

    [TestCase("C=US, O=Example, CN=x", "C=US, O=Example", "Yes")]
    [TestCase("C=US, O=Example", "C=US, O=Example", "Yes")]
    [TestCase("C=us, O=  example ", "C=US, O=Example", "Yes")]
    [TestCase("C=US, O=Other", "C=US, O=Example", "No")]
    [TestCase("O=Example", "C=US, O=Example", "No")]
    [TestCase("CN=x", "", "Yes")]
    public void Compare_DirectoryName_ComparesTheFirstNames(string name, string constraint, string expected) =>
        Assert.That(Compare(GeneralNameKind.DirectoryName, Name(name), Name(constraint), isExcluded: false), Is.EqualTo(expected));

    [TestCase(GeneralNameKind.OtherName)]
    [TestCase(GeneralNameKind.RegisteredId)]
    [TestCase(GeneralNameKind.X400Address)]
    [TestCase(GeneralNameKind.EdiPartyName)]
    public void Compare_KindThatNobodyCompares_IsNeverAPass(GeneralNameKind kind) =>
        Assert.That(Compare(kind, [1], [1], isExcluded: false), Is.EqualTo("Malformed"));

    private static string Compare(GeneralNameKind kind, byte[] name, byte[] constraint, bool isExcluded) =>
        NameConstraintMatcher.Compare(new GeneralName(kind, name), new GeneralName(kind, constraint), isExcluded).ToString();

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Addresses(string text) => [.. text.Split('/').SelectMany(part => IPAddress.Parse(part).GetAddressBytes())];

    // Written from the most significant name down, as it is encoded.
    private static byte[] Name(string text) => new X500DistinguishedName(text, X500DistinguishedNameFlags.None).RawData;
}
