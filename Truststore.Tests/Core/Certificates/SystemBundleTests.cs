using Truststore.Platform.Linux;

namespace Truststore.Tests.Core.Certificates;

/// <summary>All certificates of the bundle that Debian and its relatives install.</summary>
internal sealed class SystemBundleTests
{
    private const string Bundle = "/etc/ssl/certs/ca-certificates.crt";

    [Test]
    public async Task CertificateInfo_EachCertificateOfTheBundle_AgreesWithOpenSsl()
    {
        var certificates = ReadBundle().Entries.Select(e => e.Certificate).ToArray();

        var expected = OpenSslDescription.ParseAll(await OpenSslCommand.RunAsync("storeutl", "-noout", "-certs", "-text", Bundle));

        Assert.That(certificates, Has.None.Null);
        Assert.That(certificates, Has.Length.EqualTo(expected.Count).And.Length.GreaterThan(0));
        using (Assert.EnterMultipleScope())
        {
            for (var i = 0; i < certificates.Length; i++)
            {
                Assert.That(OpenSslDescription.Of(certificates[i]!), Is.EqualTo(expected[i]), certificates[i]!.ToString());
                Assert.That(certificates[i]!.MalformedExtensions, Is.Empty, certificates[i]!.ToString());
            }
        }
    }

    [Test]
    public void AnchorIndex_EachCertificateOfTheBundle_IsFoundByItsSubjectAndByItself()
    {
        var index = new AnchorIndex(ReadBundle().Entries);

        Assert.That(index.Entries, Is.Not.Empty);
        foreach (var entry in index.Entries)
        {
            Assert.That(index.Find(entry.Certificate!.Subject)[0].Subject.Span.SequenceEqual(entry.Subject.Span), entry.Certificate.ToString());
            Assert.That(index.Find(entry.Certificate!.Subject), Does.Contain(entry), entry.Certificate.ToString());
            Assert.That(index.FindExact(entry.Der.Span, entry.Subject), Is.SameAs(entry), entry.Certificate.ToString());
        }
    }

    [Test]
    public void Discover_TheBundle_HasNothingToSkip() => Assert.That(ReadBundle().Readings.Single().Describe().Remark, Is.EqualTo("SSL_CERT_FILE"));

    private static DiscoveredAnchors ReadBundle()
    {
        if (!File.Exists(Bundle))
        {
            TestPrerequisites.Missing($"{Bundle}; install the package ca-certificates (Debian, Ubuntu, Alpine) and run the tests again");
        }

        return new AnchorDiscovery("/", name => name is "SSL_CERT_FILE" ? Bundle : null).Discover();
    }
}
