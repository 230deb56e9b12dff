using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class SystemAnchorSourceTests : IDisposable
{
    private const string Bundle = "/etc/ssl/cert.pem";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);

    private static IEnumerable<TestCaseData> Changes() => AnchorChange.All.Select(change => new TestCaseData(change).SetArgDisplayNames(change.Name));

    [TestCaseSource(nameof(Changes))]
    public void CheckForChanges_Change_SwapsTheSnapshot(AnchorChange change)
    {
        change.Setup(_root);
        var source = OpenSettled();
        var before = source.Current;

        change.Change(_root);
        source.CheckForChanges();

        Assert.That(before.Entries[0].Certificate, Is.EqualTo(First), "The case is wrong.");
        Assert.That(source.Current.Entries.Select(e => e.Certificate), Is.EqualTo(change.Expected));
        Assert.That(source.Current.Generation, Is.EqualTo(before.Generation + 1));
    }

    [Test]
    public void CheckForChanges_NoChange_KeepsTheSnapshotAndReadsNothing()
    {
        _root.Write(Bundle, First);
        var source = OpenSettled();
        var before = source.Snapshot;

        _clock.Advance(s_interval);
        source.CheckForChanges();

        Assert.That(source.Snapshot, Is.SameAs(before));
    }

    [Test]
    public void CheckForChanges_FirstTime_ReadsAgainAsNothingIsKnownOfTheTimeInBetween()
    {
        _root.WriteText(Bundle, Pem(First).PadRight(4000, '#'));
        var time = File.GetLastWriteTimeUtc(_root.PathOf(Bundle));
        var source = Open();

        _root.WriteText(Bundle, Pem(Second).PadRight(4000, '#'));
        File.SetLastWriteTimeUtc(_root.PathOf(Bundle), time);
        source.CheckForChanges();

        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
    }

    [Test]
    public void CheckForChanges_WrittenJustBeforeTheLastCheck_ReadsAgain()
    {
        // Within the granularity of a file system's times a second write leaves no trace.
        var time = Now.UtcDateTime.AddSeconds(-1);
        _root.WriteText(Bundle, Pem(First).PadRight(4000, '#'));
        File.SetLastWriteTimeUtc(_root.PathOf(Bundle), time);
        var source = OpenSettled();

        _root.WriteText(Bundle, Pem(Second).PadRight(4000, '#'));
        File.SetLastWriteTimeUtc(_root.PathOf(Bundle), time);
        _clock.Advance(TimeSpan.FromSeconds(2));
        source.CheckForChanges();

        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
    }

    [Test]
    public void CheckForChanges_SameAnchorsInANewFile_KeepsTheIndex()
    {
        _root.Write(Bundle, First, Second);
        var source = OpenSettled();
        var before = source.Current;

        _root.WriteText(Bundle, "# a new comment\n" + Pem(First, Second));
        source.CheckForChanges();

        Assert.That(source.Current, Is.SameAs(before));
    }

    [TestCase("")]
    [TestCase("-----BEGIN CERTIFICATE-----\nMII")]
    [TestCase(null)]
    public void CheckForChanges_NoAnchorLeft_KeepsTheOldOnesUntilThereAreNewOnes(string? content)
    {
        _root.Write(Bundle, First);
        var source = OpenSettled();
        var before = source.Current;

        if (content is null)
        {
            _root.Delete(Bundle);
        }
        else
        {
            _root.WriteText(Bundle, content);
        }

        _clock.Advance(s_interval);
        source.CheckForChanges();
        Assert.That(source.Current, Is.SameAs(before));
        Assert.That(Remarks(source), Has.Some.Contains("stay in use"));

        _root.Write(Bundle, Second);
        source.CheckForChanges();
        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
        Assert.That(Remarks(source), Has.None.Contains("stay in use"));
    }

    [Test]
    public void CheckForChanges_NoAnchorLeft_IsNotReadAgainBeforeItChanges()
    {
        _root.Write(Bundle, First);
        var source = OpenSettled();
        _root.WriteText(Bundle, "");
        source.CheckForChanges();
        source.CheckForChanges();
        var failed = source.Snapshot;

        source.CheckForChanges();

        Assert.That(source.Snapshot, Is.SameAs(failed));
    }

    [Test]
    public void CheckForChanges_VariableNamesAFileThatIsGone_DoesNotFallBackToTheSystem()
    {
        _root.Write(Bundle, Third);
        _root.Write("/corp.pem", First);
        var source = new SystemAnchorSource(_root.Discovery(file: "/corp.pem"), _clock, s_interval);

        _root.Delete("/corp.pem");
        source.CheckForChanges();

        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(First));
    }

    [Test]
    public void Current_BeforeTheInterval_DoesNotLookAtTheFiles()
    {
        _root.Write(Bundle, First);
        var source = Open();
        var before = source.Snapshot;
        _root.Write(Bundle, Second);

        _clock.Advance(s_interval - TimeSpan.FromTicks(1));
        _ = source.Current;

        Assert.That(source.IsChecking, Is.False);
        Assert.That(source.Snapshot, Is.SameAs(before));
    }

    [Test]
    public void Current_AfterTheInterval_ChecksInTheBackground()
    {
        _root.Write(Bundle, First);
        var source = Open();
        _root.Write(Bundle, Second);

        _clock.Advance(s_interval);
        _ = source.Current;

        Assert.That(SpinWait.SpinUntil(() => source.Current.Generation == 2, Patience.OfAProgram), Is.True);
        Assert.That(source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
    }

    [Test]
    public void Current_ManyThreadsAfterTheInterval_QueueOneCheck()
    {
        _root.Write(Bundle, First);
        var clock = new CountingTimeProvider(_clock);
        var source = new SystemAnchorSource(_root.Discovery(), clock, s_interval);
        var before = clock.TimesAsked;

        _clock.Advance(s_interval);
        Parallel.For(0, 1000, _ => Assert.That(source.Current.Generation, Is.EqualTo(1)));

        Assert.That(SpinWait.SpinUntil(() => clock.TimesAsked > before && !source.IsChecking, Patience.OfAProgram), Is.True);
        Assert.That(clock.TimesAsked, Is.EqualTo(before + 1), "Each check asks for the time once.");
    }

    [Test]
    public async Task Current_ReadersWhileTheBundleIsSwapped_SeeWholeSnapshotsAndGenerationsThatGrow()
    {
        const int Swaps = 100;
        CertificateInfo[][] contents = [[First, Second], [Third]];
        _root.Write(Bundle, contents[0]);
        var source = OpenSettled();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntil(source, contents, done.Token))).ToArray();

        for (var i = 1; i <= Swaps; i++)
        {
            _root.Write(Bundle + ".new", contents[i % 2]);
            _root.Move(Bundle + ".new", Bundle);
            source.CheckForChanges();
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.That(source.Current.Generation, Is.EqualTo(1 + Swaps));
    }

    [Test]
    public void Constructor_NoAnchors_ListsEveryPlaceAndWhatToInstall()
    {
        var error = Assert.Throws<SystemAnchorsNotFoundException>(() => Open());

        Assert.That(error.Message, Does.Contain("ca-certificates").And.Contain("SSL_CERT_FILE"));
        var expected = AnchorLayout.All.Select(layout => _root.PathOf(layout.Expected)).Distinct(StringComparer.Ordinal);
        Assert.That(expected, Is.SubsetOf(error.Tried.Select(t => t.Location)));
        Assert.That(error.Tried.Where(t => !error.Message.Contains(t.Location, StringComparison.Ordinal)), Is.Empty);
        Assert.That(error.Tried.Select(t => t.Remark), Is.All.Contains("does not exist"));
    }

    public void Dispose() => _root.Dispose();

    private static IEnumerable<string> Remarks(SystemAnchorSource source) =>
        new LinuxSystemAnchors(source).Describe().Tried.Select(t => t.Remark);

    private static void ReadUntil(SystemAnchorSource source, CertificateInfo[][] contents, CancellationToken done)
    {
        var last = 0L;
        do
        {
            var index = source.Current;
            Assert.That(index.Generation, Is.GreaterThanOrEqualTo(last));
            Assert.That(index.Entries.Select(e => e.Certificate), Is.EqualTo(contents[(index.Generation - 1) % 2]));
            last = index.Generation;
        }
        while (!done.IsCancellationRequested);
    }

    private SystemAnchorSource Open() => new(_root.Discovery(), _clock, s_interval);

    /// <summary>Opens a source and lets it find out that its files stand still.</summary>
    private SystemAnchorSource OpenSettled()
    {
        var source = Open();
        source.CheckForChanges();
        return source;
    }
}
