using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class AnchorDiscoveryTests : IDisposable
{
    private readonly SystemRoot _root = new();

    private static IEnumerable<TestCaseData> Layouts() => AnchorLayout.All.Select(layout => new TestCaseData(layout).SetArgDisplayNames(layout.Name));

    [TestCaseSource(nameof(Layouts))]
    public void Discover_LayoutOfADistribution_FindsItsAnchors(AnchorLayout layout)
    {
        layout.MakeIn(_root);

        var found = _root.Discovery().Discover();

        Assert.That(Certificates(found), Is.EqualTo([First]));
        Assert.That(found.Readings[^1].Location.Path, Is.EqualTo(_root.PathOf(layout.Expected)));
    }

    [Test]
    public void Discover_SeveralSources_TakesTheFirstAlone()
    {
        _root.Write("/etc/ssl/cert.pem", First);
        _root.Write("/etc/ssl/ca-bundle.pem", Second);
        _root.Write("/etc/ssl/certs/5ed36f99.0", Third);

        Assert.That(Certificates(_root.Discovery().Discover()), Is.EqualTo([First]));
    }

    [TestCase("", "no certificate in it")]
    [TestCase("no certificate, only words\n", "no certificate in it")]
    [TestCase("-----BEGIN CERTIFICATE-----\nMIIB!\n-----END CERTIFICATE-----\n", "line 1: its content is not Base64")]
    public void Discover_FirstSourceHasNoAnchor_TakesTheNextAndSaysWhy(string content, string remark)
    {
        _root.WriteText("/etc/ssl/cert.pem", content);
        _root.Write("/etc/ssl/ca-bundle.pem", Second);

        var found = _root.Discovery().Discover();

        Assert.That(Certificates(found), Is.EqualTo([Second]));
        Assert.That(RemarkOn(found, "/etc/ssl/cert.pem"), Does.Contain(remark));
    }

    [Test]
    public void Discover_DirectoryInPlaceOfAFile_SaysSo()
    {
        _root.MakeDirectory("/etc/ssl/cert.pem");

        Assert.That(RemarkOn(_root.Discovery().Discover(), "/etc/ssl/cert.pem"), Does.Contain("is a directory"));
    }

    [Test]
    public void Discover_DanglingLink_SaysWhereItLeads()
    {
        _root.Link("/etc/ssl/cert.pem", "../pki/gone.pem");

        Assert.That(RemarkOn(_root.Discovery().Discover(), "/etc/ssl/cert.pem"), Does.Contain("link to ../pki/gone.pem"));
    }

    [Test]
    public void Discover_LinkToItself_SaysSo()
    {
        _root.Link("/etc/ssl/cert.pem", "cert.pem");
        _root.Write("/etc/ssl/ca-bundle.pem", First);

        var found = _root.Discovery().Discover();

        Assert.That(Certificates(found), Is.EqualTo([First]));
        Assert.That(RemarkOn(found, "/etc/ssl/cert.pem"), Does.Contain("cannot be read"));
    }

    [Test]
    public void Discover_FileOverTheLimit_IsNotRead()
    {
        _root.WriteSparse("/etc/ssl/cert.pem", (64 * 1024 * 1024) + 1);

        Assert.That(RemarkOn(_root.Discovery().Discover(), "/etc/ssl/cert.pem"), Does.Contain("64 MiB"));
    }

    [Test]
    public void Discover_FileAtTheLimit_IsRead()
    {
        _root.WriteSparse("/etc/ssl/cert.pem", 64 * 1024 * 1024);

        Assert.That(RemarkOn(_root.Discovery().Discover(), "/etc/ssl/cert.pem"), Does.Contain("no certificate in it"));
    }

    [Test]
    public void Discover_HashedDirectory_ReadsOnlyFilesNamedByHash()
    {
        _root.Write("/etc/ssl/certs/5ed36f99.0", First);
        _root.Write("/etc/ssl/certs/5ed36f99.12", Second);
        foreach (var name in (string[])["5ed36f99.r0", "5ED36F99.0", "5ed36f9.0", "5ed36f990.0", "5ed36f99.", "5ed36f99.0.bak", "5ed36f99", "ssl-cert-snakeoil.pem", "g0000000.0"])
        {
            _root.Write("/etc/ssl/certs/" + name, Third);
        }

        Assert.That(Certificates(_root.Discovery().Discover()), Is.EqualTo([First, Second]));
    }

    [Test]
    public void Discover_HashedDirectoryWithUnusableFiles_SkipsThemAndSaysHowMany()
    {
        _root.Link("/etc/ssl/certs/00000000.0", "gone.pem");
        _root.MakeDirectory("/etc/ssl/certs/00000001.0");
        _root.WriteText("/etc/ssl/certs/00000002.0", "-----BEGIN CERTIFICATE-----\n");
        _root.Write("/etc/ssl/certs/5ed36f99.0", First);

        var found = _root.Discovery().Discover();

        Assert.That(Certificates(found), Is.EqualTo([First]));
        Assert.That(RemarkOn(found, "/etc/ssl/certs"), Does.Contain("3 unusable skipped").And.Contain("00000000.0"));
    }

    [Test]
    public void Discover_DirectoryWithoutHashes_SaysHowToMakeThem()
    {
        _root.Write("/etc/ssl/certs/mine.pem", First);

        var found = _root.Discovery().Discover();

        Assert.That(found.Entries, Is.Empty);
        Assert.That(RemarkOn(found, "/etc/ssl/certs"), Does.Contain("openssl rehash"));
    }

    [Test]
    public void Discover_CertificateInDer_IsRead()
    {
        _root.MakeDirectory("/etc");
        File.WriteAllBytes(_root.PathOf("/etc/root.cer"), First.RawData.Span);

        Assert.That(Certificates(_root.Discovery(file: "/etc/root.cer").Discover()), Is.EqualTo([First]));
    }

    public void Dispose() => _root.Dispose();

    private static IEnumerable<CertificateInfo?> Certificates(DiscoveredAnchors found) => found.Entries.Select(e => e.Certificate);

    private string RemarkOn(DiscoveredAnchors found, string path) => found.Readings.Single(r => string.Equals(r.Location.Path, _root.PathOf(path), StringComparison.Ordinal)).Describe().Remark;
}
