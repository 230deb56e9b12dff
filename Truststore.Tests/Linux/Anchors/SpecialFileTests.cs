using System.Diagnostics;
using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>
/// Files that are no regular ones, where anchors are expected: none of them is read, and none of them blocks.
/// </summary>
internal sealed class SpecialFileTests : IDisposable
{
    /// <summary>How long a test waits for what must not block; it is over long before.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);

    private static IEnumerable<TestCaseData> SpecialFiles()
    {
        yield return Case("pipe", (root, path) => root.MakePipe(path), "is a pipe, not a regular file");
        yield return Case("link to a pipe", (root, path) =>
        {
            root.MakePipe(path + ".pipe");
            root.Link(path, Path.GetFileName(path) + ".pipe");
        }, "is a pipe, not a regular file");
        yield return Case("socket", (root, path) => root.MakeSocket(path), "is a socket, not a regular file");
        yield return Case("endless device", (root, path) => root.Link(path, "/dev/zero"), "is a character device, not a regular file");
        yield return Case("null device", (root, path) => root.Link(path, "/dev/null"), "is a character device, not a regular file");
        yield return Case("terminal", (root, path) => root.Link(path, "/dev/ptmx"), "is a character device, not a regular file");
        yield return Case("directory", (root, path) => root.MakeDirectory(path), "is a directory, not a file");
        yield return Case("link to itself", (root, path) => root.Link(path, Path.GetFileName(path)), "cannot be read: ");
        yield return Case("file of the kernel without an end", (root, path) => root.Link(path, "/proc/self/mem"), "cannot be read: ");
        yield return Case("file of the kernel", (root, path) => root.Link(path, "/proc/version"), "no certificate in it");
    }

    [TestCaseSource(nameof(SpecialFiles))]
    public async Task Constructor_SpecialFileInTheFileVariable_SaysWhatItIs(Action<SystemRoot, string> make, string remark)
    {
        make(_root, "/corp/ca.pem");

        var error = await WithoutBlocking(() => Assert.Throws<SystemAnchorsNotFoundException>(() => Open("/corp/ca.pem", null))!);

        Assert.That(error.Tried.Single().Remark, Does.Contain(remark));
        Assert.That(error.Message, Does.Contain(remark));
    }

    [TestCaseSource(nameof(SpecialFiles))]
    public async Task Constructor_SpecialFileAmongGoodOnesInTheDirectoryVariable_SkipsIt(Action<SystemRoot, string> make, string remark)
    {
        make(_root, "/corp/certs/00000001.0");
        _root.Write("/corp/certs/00000002.0", First);

        var description = await WithoutBlocking(() => new LinuxSystemAnchors(Open(null, "/corp/certs")).Describe());

        Assert.That(description.Count, Is.EqualTo(1));
        if (!remark.StartsWith("no certificate", StringComparison.Ordinal))
        {
            Assert.That(description.Sources.Single().Remark, Does.Contain("1 unusable skipped").And.Contain("00000001.0: " + remark));
        }
    }

    [Test]
    public async Task Constructor_PipeInPlaceOfTheDirectory_SaysSo()
    {
        _root.MakePipe("/corp/certs");

        var error = await WithoutBlocking(() => Assert.Throws<SystemAnchorsNotFoundException>(() => Open(null, "/corp/certs"))!);

        Assert.That(error.Tried.Single().Remark, Does.Contain("is not a directory"));
    }

    /// <summary>
    /// A bundle that becomes a pipe under a running program does not end the checks: when it is a file again, that is
    /// read.
    /// </summary>
    [Test]
    public async Task CheckForChanges_BundleBecomesAPipe_IsNoticedAndChecksGoOn()
    {
        const string Bundle = "/etc/ssl/cert.pem";
        _root.Write(Bundle, First);
        var source = Open(null, null);
        _root.Delete(Bundle);
        _root.MakePipe(Bundle);

        await WithoutBlocking(() =>
        {
            source.CheckForChanges();
            return source;
        });
        var remarks = new LinuxSystemAnchors(source).Describe().Tried.Select(t => t.Remark).ToList();
        _root.Delete(Bundle);
        _root.Write(Bundle, Second);
        source.CheckForChanges();

        Assert.That(remarks, Has.Some.Contains("is a pipe, not a regular file").And.Some.Contains("stay in use"));
        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
    }

    /// <summary>A file that is there and cannot be read now is no reason to lose what it held.</summary>
    [Test]
    public void CheckForChanges_FileOfADirectoryCannotBeRead_KeepsItsAnchors()
    {
        _root.Write("/corp/00000001.0", First);
        _root.Write("/corp/00000002.0", Second);
        var source = Open(null, "/corp");
        _root.Link("/corp/00000001.0", "/proc/self/mem");
        _root.Write("/corp/00000002.0", Third);

        source.CheckForChanges();

        Assert.That(source.Current.Entries.Select(e => e.Certificate), Is.EqualTo([First, Third]));
        var remark = new LinuxSystemAnchors(source).Describe().Sources.Single().Remark;
        Assert.That(remark, Does.Contain("00000001.0: cannot be read: ").And.Contain("stay in use"));
    }

    /// <summary>
    /// What the file is must be asked of the opened file: the name may stand for another one by then.
    /// </summary>
    [Test]
    [CancelAfter(120_000)]
    public async Task Discover_NameThatAlternatesBetweenFileAndPipe_NeverBlocks(CancellationToken cancellationToken)
    {
        const int Rounds = 3000;
        _root.Write("/corp/file", First);
        _root.MakePipe("/corp/pipe");
        _root.Link("/corp/ca.pem", "file");
        using var done = new CancellationTokenSource();
        var swapping = Task.Run(
            () =>
            {
                for (var i = 0; !done.IsCancellationRequested; i++)
                {
                    _root.Link("/corp/next", i % 2 == 0 ? "pipe" : "file");
                    _root.Move("/corp/next", "/corp/ca.pem");
                }
            },
            CancellationToken.None);
        var discovery = _root.Discovery(file: "/corp/ca.pem");

        var reading = Task.Run(() => Enumerable.Range(0, Rounds).Count(_ => !IsFileOrPipe(discovery.Discover())), cancellationToken);
        var others = await reading.WaitAsync(cancellationToken);
        await done.CancelAsync();
        await swapping;

        Assert.That(others, Is.Zero, "It was always either of the two.");
    }

    /// <summary>As a stranger meets it: a program that is started with the variable set.</summary>
    [TestCase("SSL_CERT_FILE", "/corp/ca.pem", "/corp/ca.pem")]
    [TestCase("SSL_CERT_DIR", "/corp", "/corp/00000001.0")]
    [CancelAfter(120_000)]
    public async Task CreateDefault_VariableLeadsToAPipe_EndsWithAnError(
        string variable, string value, string pipe, CancellationToken cancellationToken)
    {
        _root.MakePipe(pipe);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "truststore-cli"), ["anchors"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("SSL_CERT_FILE");
        start.Environment.Remove("SSL_CERT_DIR");
        start.Environment[variable] = _root.PathOf(value);
        using var program = Process.Start(start)!;
        try
        {
            var error = program.StandardError.ReadToEndAsync(cancellationToken);
            await program.WaitForExitAsync(cancellationToken);

            Assert.That(program.ExitCode, Is.Not.Zero);
            Assert.That(await error, Does.Contain(variable).And.Contain("is a pipe, not a regular file"));
        }
        finally
        {
            program.Kill();
        }
    }

    public void Dispose() => _root.Dispose();

    private static TestCaseData Case(string name, Action<SystemRoot, string> make, string remark) =>
        new TestCaseData(make, remark).SetArgDisplayNames(name);

    private static bool IsFileOrPipe(DiscoveredAnchors found) =>
        found.Entries.Count == 1 || found.Readings.Single().Describe().Remark.Contains("is a pipe", StringComparison.Ordinal);

    private static Task<T> WithoutBlocking<T>(Func<T> action) => Task.Run(action).WaitAsync(s_patience);

    private SystemAnchorSource Open(string? file, string? directory) =>
        new(_root.Discovery(file, directory), _clock, TimeSpan.FromSeconds(10));
}
