using System.Runtime.Versioning;
using Truststore.Trust;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustDirectoryTests
{
    [Test]
    public void LoadVerifyLocations_HashedNames_AreAllThatCounts()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("0a1b2c3d.0", RootPem);
        directory.Write("0a1b2c3d.1", OtherRoot);
        directory.Write("ffffffff.r0", RevocationListPem);
        directory.Write("other.pem", "not looked at");
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caPath: directory.FullName);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TrustAssert.Loaded(context), Is.EqualTo([Root, OtherRoot]));
            Assert.That(context.CertificateStoreStatistics.Crl, Is.EqualTo(1));
        }
    }

    [Test]
    public void LoadVerifyLocations_NoHashedNames_TakesTheFilesThatLookLikeIt()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("d.pem", RootPem);
        directory.Write("b.CRT", OtherRoot);
        directory.Write("c.cer", Intermediate);
        directory.Write("a.crl", RevocationList);
        directory.Write("README", "not looked at");
        directory.Write("key.txt", "not looked at");
        Directory.CreateDirectory(directory.PathOf("old.pem"));
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caPath: directory.FullName);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TrustAssert.Loaded(context), Is.EqualTo([OtherRoot, Intermediate, Root]), "They come in the order of their names.");
            Assert.That(context.CertificateStoreStatistics.Crl, Is.EqualTo(1));
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links want a privilege")]
    public void LoadVerifyLocations_SeveralLinksToOneFile_CountOnce()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("root.pem", RootPem);
        directory.Write("list.pem", RevocationListPem);
        directory.Link("00000001.0", "root.pem");
        directory.Link("00000002.0", "root.pem");
        directory.Link("00000001.r0", "list.pem");
        directory.Link("00000002.r0", "list.pem");
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caPath: directory.FullName);

        Assert.That(context.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: 1, Crl: 1, X509Ca: 1)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links want a privilege")]
    public void LoadVerifyLocations_DanglingHashedLink_NamesIt()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("00000001.0", RootPem);
        var dangling = directory.Link("00000002.0", "gone.pem");

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: directory.FullName), dangling, "link to 'gone.pem'", "does not exist");
    }

    [Test]
    public void LoadVerifyLocations_HashedNameOfADirectory_NamesIt()
    {
        using var directory = new TemporaryDirectory();
        var inner = directory.PathOf("00000002.0");
        Directory.CreateDirectory(inner);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: directory.FullName), inner, "is a directory");
    }

    [Test]
    public void LoadVerifyLocations_BadFileAmongGoodOnes_NamesItAndTheBlock()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a.pem", RootPem);
        var bad = directory.Write("b.pem", OtherRootPem + "\n" + Pem("CERTIFICATE", [1]));
        directory.Write("c.pem", IntermediatePem);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: directory.FullName), bad, $"Block 2 (line {Lines(OtherRootPem) + 2})");
    }

    [Test]
    public void LoadVerifyLocations_NothingSuitable_SaysWhatIsLookedFor()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("README", RootPem);
        directory.Write("0A1B2C3D.0", RootPem);
        directory.Write("0a1b2c3d.x", RootPem);
        directory.Write("0a1b2c3.0", RootPem);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: directory.FullName), directory.FullName, "has no trust data", "openssl rehash", ".pem, .crt, .cer or .crl");
    }

    [Test]
    public void LoadVerifyLocations_MissingDirectory_NamesIt()
    {
        using var directory = new TemporaryDirectory();
        var missing = directory.PathOf("missing");

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: missing), missing, "does not exist");
    }

    [Test]
    public void LoadVerifyLocations_FileAsDirectory_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("root.pem", RootPem);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: file), file, "is a file", "caFile");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Unix permissions")]
    [UnsupportedOSPlatform("windows")]
    public void LoadVerifyLocations_DirectoryWithoutPermission_SaysSo()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Skipped: root may list every directory. Run the tests as another user.");
        }

        using var directory = new TemporaryDirectory();
        var closed = directory.PathOf("closed");
        var inner = Path.Combine(closed, "root.pem");
        Directory.CreateDirectory(closed);
        File.WriteAllText(inner, RootPem);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            TrustAssert.Refuses(context => context.LoadVerifyLocations(caPath: closed), closed, "permission denied");
            TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: inner), inner, "permission denied");
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "openssl rehash makes links")]
    public async Task LoadVerifyLocations_DirectoryRehashedByOpenSsl_IsRead()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("root.pem", RootPem);
        directory.Write("other.pem", OtherRootPem);
        directory.Write("list.pem", RevocationListPem);
        await OpenSslCommand.RunAsync("rehash", directory.FullName);
        directory.Write("later.pem", "not looked at");
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caPath: directory.FullName);

        Assert.That(context.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: 2, Crl: 1, X509Ca: 2)));
    }

    [TestCase("5ed36f99.0", true)]
    [TestCase("5ed36f99.r0", true)]
    [TestCase("00000000.12345", true)]
    [TestCase("00000000.r12", true)]
    [TestCase("5ED36F99.0", false)]
    [TestCase("5ed36f99", false)]
    [TestCase("5ed36f99.", false)]
    [TestCase("5ed36f99.r", false)]
    [TestCase("5ed36f99.rr0", false)]
    [TestCase("5ed36f99.0r", false)]
    [TestCase("5ed36f99.pem", false)]
    [TestCase("5ed36f9.0", false)]
    [TestCase("5ed36f991.0", false)]
    [TestCase("5ed36g99.0", false)]
    [TestCase("5ed36f99.\u0663", false)]
    [TestCase("", false)]
    public void IsHashedName_Name_IsToldApart(string name, bool expected) => Assert.That(TrustDirectory.IsHashedName(name), Is.EqualTo(expected));
}
