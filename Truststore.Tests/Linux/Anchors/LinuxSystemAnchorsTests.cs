using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class LinuxSystemAnchorsTests : IDisposable
{
    private const string Bundle = "/etc/ssl/cert.pem";

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);

    [Test]
    public void Describe_Bundle_SaysWhatWasFoundWhereAndWhen()
    {
        _root.Write(Bundle, First, Second);

        var description = new LinuxSystemAnchors(Open()).Describe();

        Assert.That(description.Count, Is.EqualTo(2));
        Assert.That(description.LoadedAt, Is.EqualTo(Now));
        Assert.That(description.Generation, Is.EqualTo(1));
        Assert.That(description.Sources, Is.EqualTo([description.Tried[^1]]));
        Assert.That(description.Sources[0].Location, Is.EqualTo(_root.PathOf(Bundle)));
        Assert.That(description.Sources[0].Count, Is.EqualTo(2));
        Assert.That(description.Sources[0].Remark, Does.Contain("Alpine"));
        Assert.That(description.Tried[0].Location, Is.EqualTo(_root.PathOf("/usr/lib/ssl/cert.pem")));
        Assert.That(description.Tried[0].Remark, Does.Contain("does not exist"));
    }

    [Test]
    public void Describe_FileAndDirectoryWithACertificateInCommon_CountsItOnce()
    {
        _root.Write("/corp/1.pem", First, Second);
        _root.Write("/corp/certs/00000001.0", Second);
        _root.Write("/corp/certs/00000002.0", Third);

        var description = new LinuxSystemAnchors(Open("/corp/1.pem", "/corp/certs")).Describe();

        Assert.That(description.Count, Is.EqualTo(3));
        Assert.That(description.Sources.Select(s => (s.Count, s.Remark)), Is.EqualTo([(2, "SSL_CERT_FILE"), (2, "SSL_CERT_DIR")]));
    }

    [Test]
    public void Describe_BadBlock_SaysSoAndCountsTheGoodOnes()
    {
        _root.WriteText(Bundle, Pem(First) + "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n" + Pem(Second));

        var description = new LinuxSystemAnchors(Open()).Describe();

        Assert.That(description.Count, Is.EqualTo(2));
        Assert.That(description.Sources.Single().Remark, Does.Contain("1 unusable skipped"));
    }

    [TestCase("", "is empty")]
    [TestCase("no certificate, only words\n", "no certificate in it")]
    [TestCase(null, "does not exist")]
    public void Describe_AfterAFailedReading_SaysThatTheOldAnchorsStay(string? content, string remark)
    {
        _root.Write(Bundle, First);
        var source = Open();
        if (content is null)
        {
            _root.Delete(Bundle);
        }
        else
        {
            _root.WriteText(Bundle, content);
        }

        _clock.Advance(TimeSpan.FromSeconds(5));
        source.CheckForChanges();

        var description = new LinuxSystemAnchors(source).Describe();

        Assert.That(description.Count, Is.EqualTo(1));
        Assert.That(description.Generation, Is.EqualTo(1));
        var remarks = description.Tried.Where(t => string.Equals(t.Location, _root.PathOf(Bundle), StringComparison.Ordinal)).Select(t => t.Remark);
        Assert.That(remarks, Has.Some.Contains(remark).And.Some.Contains("stay in use"));
    }

    [Test]
    public void Describe_AfterAChange_SaysTheNewOnes()
    {
        _root.Write(Bundle, First);
        var source = Open();
        _root.Write(Bundle, First, Second, Third);
        _clock.Advance(TimeSpan.FromSeconds(5));
        source.CheckForChanges();

        var description = new LinuxSystemAnchors(source).Describe();

        Assert.That(description.Count, Is.EqualTo(3));
        Assert.That(description.Generation, Is.EqualTo(2));
        Assert.That(description.LoadedAt, Is.EqualTo(Now.AddSeconds(5)));
    }

    [Test]
    public void List_Bundle_ReturnsTheAnchorsInItsOrder()
    {
        _root.WriteText(Bundle, Pem(Second) + TrustedPem(First, 0x30, 0x02, 0x30, 0x00));

        var anchors = new LinuxSystemAnchors(Open()).List();

        Assert.That(anchors.Select(a => a.Certificate), Is.EqualTo([Second, First]));
        Assert.That(anchors.Select(a => a.IsTrustedFor(PeerPurpose.ServerAuthentication)), Is.EqualTo([true, false]));
    }

    public void Dispose() => _root.Dispose();

    private SystemAnchorSource Open(string? file = null, string? directory = null) => new(_root.Discovery(file, directory), _clock, TimeSpan.FromSeconds(10));
}
