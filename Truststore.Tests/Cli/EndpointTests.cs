using Truststore.Cli.Probing;

namespace Truststore.Tests.Cli;

internal sealed class EndpointTests
{
    [TestCase("example.test", "example.test", 443, "example.test", "example.test:443")]
    [TestCase("Example.TEST.:8443", "example.test", 8443, "example.test", "example.test:8443")]
    [TestCase("192.0.2.1:1", "192.0.2.1", 1, "192.0.2.1", "192.0.2.1:1")]
    [TestCase("[2001:DB8::1]", "2001:DB8::1", 443, "2001:db8::1", "[2001:DB8::1]:443")]
    [TestCase("[::1]:65535", "::1", 65535, "::1", "[::1]:65535")]
    [TestCase("[fe80::1%1]:25", "fe80::1%1", 25, "fe80::1", "[fe80::1%1]:25")]
    [TestCase("bücher.example:99", "xn--bcher-kva.example", 99, "xn--bcher-kva.example", "xn--bcher-kva.example:99")]
    public void Parse_HostAndPort_AreRead(string text, string host, int port, string identity, string shown)
    {
        var endpoint = Endpoint.Parse(text);

        Assert.Multiple(() =>
        {
            Assert.That(endpoint.Host, Is.EqualTo(host));
            Assert.That(endpoint.Port, Is.EqualTo(port));
            Assert.That(endpoint.Identity.Value, Is.EqualTo(identity));
            Assert.That(endpoint.ToString(), Is.EqualTo(shown));
        });
    }
}
