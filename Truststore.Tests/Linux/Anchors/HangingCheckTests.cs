using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>
/// A look for changes that does not come to an end, as on a network file system whose server is gone.
/// </summary>
internal sealed class HangingCheckTests : IDisposable
{
    private const string Bundle = "/etc/ssl/cert.pem";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);
    private readonly HangingTimeProvider _hanging;
    private readonly SystemAnchorSource _source;

    public HangingCheckTests()
    {
        _hanging = new HangingTimeProvider(_clock);
        _root.Write(Bundle, First);
        _source = new SystemAnchorSource(_root.Discovery(), _hanging, s_interval);
    }

    [Test]
    public void Describe_CheckThatHangs_SaysForHowLong()
    {
        StartHangingCheck();
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.That(Remarks(), Has.None.Contains("has not come to an end"), "Slow is not yet hanging.");

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Remarks(), Has.Some.Contains("has not come to an end for 30 seconds"));

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(Remarks(), Has.Some.Contains("has not come to an end for 630 seconds"));
        Assert.That(_source.Current.Entries.Single().Certificate, Is.EqualTo(First));
        _hanging.GoOn();
    }

    [Test]
    public void Current_CheckThatHung_GoesOnWhenItIsThrough()
    {
        StartHangingCheck();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _root.Write(Bundle, Second);

        _hanging.GoOn();
        Assert.That(SpinWait.SpinUntil(() => !_source.IsChecking, s_patience));
        Assert.That(_source.Current.Entries.Single().Certificate, Is.EqualTo(Second));
        Assert.That(Remarks(), Has.None.Contains("has not come to an end"));

        _root.Write(Bundle, Third);
        _clock.Advance(s_interval);
        Assert.That(SpinWait.SpinUntil(() => _source.Current.Generation == 3, s_patience));
        Assert.That(_source.Current.Entries.Single().Certificate, Is.EqualTo(Third));
    }

    public void Dispose()
    {
        _hanging.GoOn();
        SpinWait.SpinUntil(() => !_source.IsChecking, s_patience);
        _hanging.Dispose();
        _root.Dispose();
    }

    private IEnumerable<string> Remarks() => new LinuxSystemAnchors(_source).Describe().Tried.Select(t => t.Remark);

    private void StartHangingCheck()
    {
        _hanging.Hang();
        _clock.Advance(s_interval);
        _ = _source.Current;
        Assert.That(_source.IsChecking);
    }
}
