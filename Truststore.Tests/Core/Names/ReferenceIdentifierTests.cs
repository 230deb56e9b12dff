namespace Truststore.Tests.Core.Names;

internal sealed class ReferenceIdentifierTests
{
    [TestCase("example.com", ReferenceIdentifierKind.DnsName, "example.com")]
    [TestCase("EXAMPLE.Com", ReferenceIdentifierKind.DnsName, "example.com")]
    [TestCase("example.com.", ReferenceIdentifierKind.DnsName, "example.com")]
    [TestCase("localhost", ReferenceIdentifierKind.DnsName, "localhost")]
    [TestCase("my_host.example.com", ReferenceIdentifierKind.DnsName, "my_host.example.com")]
    [TestCase("bücher.example", ReferenceIdentifierKind.DnsName, "xn--bcher-kva.example")]
    [TestCase("例え.jp", ReferenceIdentifierKind.DnsName, "xn--r8jz45g.jp")]
    [TestCase("xn--bcher-kva.example", ReferenceIdentifierKind.DnsName, "xn--bcher-kva.example")]
    [TestCase("192.0.2.1", ReferenceIdentifierKind.IPAddress, "192.0.2.1")]
    [TestCase("2001:db8::1", ReferenceIdentifierKind.IPAddress, "2001:db8::1")]
    [TestCase("[2001:DB8:0:0::1]", ReferenceIdentifierKind.IPAddress, "2001:db8::1")]
    [TestCase("fe80::1%3", ReferenceIdentifierKind.IPAddress, "fe80::1")]
    [TestCase("1e100.net", ReferenceIdentifierKind.DnsName, "1e100.net")]
    public void Parse_Host_IsBroughtIntoComparableForm(string host, ReferenceIdentifierKind kind, string value)
    {
        var identifier = ReferenceIdentifier.Parse(host);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identifier.Kind, Is.EqualTo(kind));
            Assert.That(identifier.Value, Is.EqualTo(value));
            Assert.That(identifier, Is.EqualTo(ReferenceIdentifier.Parse(value)));
        }
    }

    [TestCase("", "empty")]
    [TestCase(".", "empty")]
    [TestCase("a..b", "empty label")]
    [TestCase(".example.com", "empty label")]
    [TestCase("example.com..", "empty label")]
    [TestCase(" example.com", "character")]
    [TestCase("exa mple.com", "character")]
    [TestCase("example.com\0.evil.test", "character")]
    [TestCase("example.com:443", "without scheme, port or path")]
    [TestCase("https://example.com", "without scheme, port or path")]
    [TestCase("example.com/path", "without scheme, port or path")]
    [TestCase("user@example.com", "character")]
    [TestCase("*.example.com", "wildcard")]
    [TestCase("127.1", "dotted decimal")]
    [TestCase("0x7f.0.0.1", "dotted decimal")]
    [TestCase("0177.0.0.1", "dotted decimal")]
    [TestCase("192.168.001.001", "dotted decimal")]
    [TestCase("1.2.3.4.5", "dotted decimal")]
    [TestCase("256.1.1.1", "dotted decimal")]
    [TestCase("example.0x1", "dotted decimal")]
    [TestCase("[::1", "IPv6")]
    [TestCase("[example.com]", "IPv6")]
    [TestCase("::1::2", "IPv6")]
    public void Parse_MalformedHost_ThrowsWithTheReason(string host, string reason) =>
        Assert.That(() => ReferenceIdentifier.Parse(host), Throws.ArgumentException.With.Message.Contains(reason));

    [Test]
    public void Parse_Null_Throws() => Assert.That(() => ReferenceIdentifier.Parse(null!), Throws.ArgumentNullException);

    [Test]
    public void Parse_LongestName_IsTaken()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('a', 61);

        Assert.That(ReferenceIdentifier.Parse(name).Value, Has.Length.EqualTo(ReferenceIdentifier.MaxDnsNameLength));
        Assert.That(() => ReferenceIdentifier.Parse(name + "a"), Throws.ArgumentException.With.Message.Contains("253"));
        Assert.That(() => ReferenceIdentifier.Parse(new string('a', 64) + ".example.com"), Throws.ArgumentException.With.Message.Contains("63"));
        Assert.That(() => ReferenceIdentifier.Parse(new string('a', 1_000_000)), Throws.ArgumentException.With.Message.Contains("253"));
    }

    [TestCase("user@example.com")]
    [TestCase("*@example.com")]
    [TestCase("\"a@b\"@example.com")]
    public void ParseEmail_Address_IsKept(string address) => Assert.That(ReferenceIdentifier.ParseEmail(address).Value, Is.EqualTo(address));

    [TestCase("example.com")]
    [TestCase("@example.com")]
    [TestCase("user@")]
    [TestCase("üser@example.com")]
    [TestCase("a@b@example.com")]
    [TestCase("a b@example.com")]
    [TestCase("a..b@example.com")]
    [TestCase("user@example..com")]
    [TestCase("user@*.example.com")]
    public void ParseEmail_NoAddress_Throws(string address) => Assert.That(() => ReferenceIdentifier.ParseEmail(address), Throws.ArgumentException);
}
