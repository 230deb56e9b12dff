using System.Text;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Core.Names;

internal sealed class HostnameMatcherTests
{
    [TestCase("example.com", "example.com", true)]
    [TestCase("EXAMPLE.com", "example.com", true)]
    [TestCase("*.example.com", "www.example.com", true)]
    [TestCase("*.example.com", "xn--bcher-kva.example.com", true)]
    [TestCase("*.example.com", "example.com", false)]
    [TestCase("*.example.com", "a.b.example.com", false)]
    [TestCase("*.com", "example.com", false)]
    [TestCase("*", "localhost", false)]
    [TestCase("*.", "localhost", false)]
    [TestCase("w*.example.com", "www.example.com", false)]
    [TestCase("*w.example.com", "www.example.com", false)]
    [TestCase("www.*.com", "www.example.com", false)]
    [TestCase("*.*.com", "www.example.com", false)]
    [TestCase("xn--*.example.com", "xn--abc.example.com", false)]
    [TestCase("**.example.com", "www.example.com", false)]
    [TestCase(".example.com", "www.example.com", false)]
    [TestCase("example.com.", "example.com", false)]
    [TestCase("example.com\0.evil.test", "example.com", false)]
    [TestCase("example.com ", "example.com", false)]
    [TestCase("", "example.com", false)]
    [TestCase("my_host.example.com", "my_host.example.com", true)]
    [TestCase("192.0.2.1", "192.0.2.1", false)]
    public void Matches_DnsName_FollowsRfc9525(string presented, string host, bool expected)
    {
        var reference = ReferenceIdentifier.Parse(host);

        Assert.That(reference.Kind == ReferenceIdentifierKind.DnsName && HostnameMatcher.MatchesDnsName(Encoding.Latin1.GetBytes(presented), reference.Value), Is.EqualTo(expected));
    }

    [TestCase("192.0.2.1", true)]
    [TestCase("192.0.2.2", false)]
    [TestCase("::ffff:192.0.2.1", false)]
    [TestCase("2001:db8::1", true)]
    [TestCase("www.example.com", false)]
    public void Matches_Address_ComparesOctets(string host, bool expected)
    {
        var certificate = ContractPki.Instance.Issue(s => s with { DnsNames = ["192.0.2.2"], IPAddresses = ["192.0.2.1", "2001:db8::1"] });

        Assert.That(HostnameMatcher.Matches(certificate.Info, ReferenceIdentifier.Parse(host), checkCommonName: false), Is.EqualTo(expected));
    }

    [TestCase(true, new string[0], "www.example.com", true)]
    [TestCase(false, new string[0], "www.example.com", false)]
    [TestCase(true, new[] { "other.example.com" }, "www.example.com", false)]
    public void Matches_CommonName_CountsOnlyWhenAskedAndAlone(bool checkCommonName, string[] dnsNames, string host, bool expected)
    {
        var certificate = ContractPki.Instance.Issue(s => s with { CommonName = "www.example.com", DnsNames = dnsNames });

        Assert.That(HostnameMatcher.Matches(certificate.Info, ReferenceIdentifier.Parse(host), checkCommonName), Is.EqualTo(expected));
    }

    [TestCase("User@example.com", "User@EXAMPLE.com", true)]
    [TestCase("user@example.com", "User@example.com", false)]
    [TestCase("user@example.com", "user@www.example.com", false)]
    public void Matches_Email_ComparesLocalPartExactly(string presented, string wanted, bool expected)
    {
        var certificate = ContractPki.Instance.Issue(s => s with { DnsNames = [], EmailAddresses = [presented] });

        Assert.That(HostnameMatcher.Matches(certificate.Info, ReferenceIdentifier.ParseEmail(wanted), checkCommonName: false), Is.EqualTo(expected));
    }
}
