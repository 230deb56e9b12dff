using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>Files of anchors that are being written when a process reads them for the first time.</summary>
internal sealed class FirstReadingTests : IDisposable
{
    private const string Bundle = "/etc/ssl/cert.pem";

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);

    [Test]
    public void Constructor_BundleThatIsWrittenMeanwhile_IsReadAgain()
    {
        _root.WriteText(Bundle, Pem(First) + Pem(Second)[..300]);
        var clock = new WaitingTimeProvider(_clock, () => _root.Write(Bundle, First, Second));

        var source = new SystemAnchorSource(_root.Discovery(), clock, TimeSpan.FromSeconds(10));

        Assert.That(Certificates(source), Is.EqualTo([First, Second]));
        Assert.That(clock.Waits, Is.EqualTo(1));
    }

    [Test]
    public void Constructor_OnlyBundleIsEmptiedMeanwhile_IsReadAgain()
    {
        _root.WriteText("/corp/ca.pem", "");
        var clock = new WaitingTimeProvider(_clock, () => _root.Write("/corp/ca.pem", First));

        var source = new SystemAnchorSource(_root.Discovery(file: "/corp/ca.pem"), clock, TimeSpan.FromSeconds(10));

        Assert.That(Certificates(source), Is.EqualTo([First]));
    }

    [Test]
    public void Constructor_BundleStaysCutOff_TakesWhatIsWholeAndSaysSo()
    {
        _root.WriteText(Bundle, Pem(First) + Pem(Second)[..300]);
        var clock = new WaitingTimeProvider(_clock, () => { });

        var source = new SystemAnchorSource(_root.Discovery(), clock, TimeSpan.FromSeconds(10));

        Assert.That(Certificates(source), Is.EqualTo([First]));
        Assert.That(clock.Waits, Is.EqualTo(4));
        var remark = new LinuxSystemAnchors(source).Describe().Sources.Single().Remark;
        Assert.That(remark, Does.Contain("cut off").And.Contain("1 unusable skipped"));
    }

    [Test]
    public void Constructor_EmptyFileBeforeAGoodOne_DoesNotWait()
    {
        _root.WriteText(Bundle, "");
        _root.Write("/etc/ssl/ca-bundle.pem", First);
        var clock = new WaitingTimeProvider(_clock, () => { });

        Assert.That(Certificates(new SystemAnchorSource(_root.Discovery(), clock, TimeSpan.FromSeconds(10))), Is.EqualTo([First]));
        Assert.That(clock.Waits, Is.Zero);
    }

    public void Dispose() => _root.Dispose();

    private static IEnumerable<CertificateInfo?> Certificates(SystemAnchorSource source) =>
        source.Current.Entries.Select(e => e.Certificate);
}
