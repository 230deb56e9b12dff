using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Text;
using Truststore.Trust;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustFileTests
{
    [Test]
    public void LoadVerifyLocations_MissingFile_NamesIt()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.PathOf("missing.pem");

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: file), file, "does not exist");
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: Path.Combine(file, "deeper.pem")), Path.Combine(file, "deeper.pem"), "does not exist");
    }

    [Test]
    public void LoadVerifyLocations_MissingRelativeFile_SaysWhereItWasLookedFor() =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: "no-such-file.pem"), "no-such-file.pem", "does not exist", Path.GetFullPath("no-such-file.pem"));

    [Test]
    public void LoadVerifyLocations_DirectoryAsFile_SaysSo()
    {
        using var directory = new TemporaryDirectory();

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: directory.FullName), directory.FullName, "is a directory", "caPath");
    }

    [Test]
    public void LoadVerifyLocations_FileUpToTheLimit_IsRead()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("large.pem", new string('#', TlsContext.MaxTrustDataSize - RootPem.Length - 1) + "\n" + RootPem);
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caFile: file);

        Assert.That(context.AddedAnchors, Has.Count.EqualTo(1));
    }

    [TestCase(TlsContext.MaxTrustDataSize + 1L, "16,777,217")]
    [TestCase(100_000_000L, "100,000,000")]
    [TestCase(5_000_000_000L, "5,000,000,000")]
    public void LoadVerifyLocations_FileAboveTheLimit_IsRefusedUnread(long size, string printed)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.PathOf("sparse.pem");
        using (var stream = File.Create(file))
        {
            stream.SetLength(size);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<TrustDataException>(() => TrustAssert.NewContext().LoadVerifyLocations(caFile: file));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(TlsContext.MaxTrustDataSize / 4), "The file was read.");
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: file), file, "too large", printed, "16,777,216");
    }

    [Test]
    [Platform("Linux,MacOsX", Reason = "/dev/zero")]
    public void LoadVerifyLocations_EndlessFile_IsReadUpToTheLimit() =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: "/dev/zero"), "/dev/zero", "too large", "16,777,216");

    [Test]
    [Platform("Linux,MacOsX", Reason = "/dev/null")]
    public void LoadVerifyLocations_NullDevice_IsEmpty() =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: "/dev/null"), "/dev/null", "is empty");

    [Test]
    [Platform("Linux", Reason = "/proc")]
    public void LoadVerifyLocations_FileThatCannotBeRead_SaysSo() =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: "/proc/self/mem"), "/proc/self/mem", "cannot be read");

    [Test]
    [Platform(Exclude = "Win", Reason = "Unix permissions")]
    [UnsupportedOSPlatform("windows")]
    public void LoadVerifyLocations_FileWithoutPermission_SaysSo()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Skipped: root may read every file. Run the tests as another user.");
        }

        using var directory = new TemporaryDirectory();
        var file = directory.Write("secret.pem", RootPem);
        File.SetUnixFileMode(file, UnixFileMode.None);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: file), file, "cannot be read", "permission denied");
    }

    [Test]
    [Platform("Linux", Reason = "/proc")]
    public void LoadVerifyLocations_Pipe_IsReadToItsEnd()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = writer.ClientSafePipeHandle;
        writer.Write(Encoding.ASCII.GetBytes(RootPem + OtherRootPem));
        writer.Dispose();
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caFile: $"/proc/self/fd/{reader.DangerousGetHandle()}");

        Assert.That(TrustAssert.Loaded(context), Is.EqualTo([Root, OtherRoot]));
    }

    [Test]
    [Platform("Linux", Reason = "/proc")]
    public void Read_PipeWithoutEnd_GivesUp()
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = writer.ClientSafePipeHandle;
        writer.Write(Encoding.ASCII.GetBytes(RootPem));
        var path = $"/proc/self/fd/{reader.DangerousGetHandle()}";

        Assert.That(() => BoundedFile.Read(path, TimeSpan.FromMilliseconds(500)), Throws.TypeOf<TrustDataException>().With.Message.Contains(path).And.Message.Contains("pipe").And.Message.Contains("0.5 seconds"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links want a privilege")]
    public void LoadVerifyLocations_Links_AreFollowed()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("real", RootPem);
        directory.Link("link1", "real");
        var link = directory.Link("link2", "link1");
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caFile: link);

        Assert.That(TrustAssert.Loaded(context), Is.EqualTo([Root]));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links want a privilege")]
    public void LoadVerifyLocations_DanglingLink_NamesItAndItsTarget()
    {
        using var directory = new TemporaryDirectory();
        var dangling = directory.Link("dangling.pem", "gone.pem");
        var loop = directory.Link("loop.pem", "loop.pem");

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: dangling), dangling, "link to 'gone.pem'", "does not exist");
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: loop), loop);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "no such names there")]
    public void LoadVerifyLocations_NameWithControlCharacters_CannotForgeLines()
    {
        var error = Assert.Throws<TrustDataException>(() => TrustAssert.NewContext().LoadVerifyLocations(caFile: "/missing\nall is well\u001B[2J"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain("'/missing\\nall is well\\u001B[2J'"));
            Assert.That(error.Message.Any(char.IsControl), Is.False);
        }
    }
}
