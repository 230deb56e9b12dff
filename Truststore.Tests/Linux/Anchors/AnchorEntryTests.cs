using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class AnchorEntryTests
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";
    private const string Any = "2.5.29.37.0";

    private static IEnumerable<TestCaseData> Usages()
    {
        string[]?[] lists = [null, [], [Server], [Client], [Any], [Server, Client], ["1.2.3"]];
        return from trusted in lists from rejected in lists select new TestCaseData(trusted, rejected);
    }

    [TestCaseSource(nameof(Usages))]
    public void IsTrustedFor_Usages_SaysWhatTheAnchorSays(string[]? trusted, string[]? rejected)
    {
        var anchor = new TrustAnchor(First, trusted, rejected);
        var entry = new AnchorEntry(First.RawData, First.Subject.RawData, trusted, rejected);

        foreach (var purpose in Enum.GetValues<PeerPurpose>())
        {
            Assert.That(entry.IsTrustedFor(purpose), Is.EqualTo(anchor.IsTrustedFor(purpose)), purpose.ToString());
        }
    }

    [Test]
    public void Certificate_Sound_IsDecodedOnce()
    {
        var entry = new AnchorEntry(First.RawData, First.Subject.RawData, [Server], [Client]);

        var certificate = entry.Certificate;

        Assert.That(certificate, Is.EqualTo(First));
        Assert.That(entry.Certificate, Is.SameAs(certificate));
        Assert.That(entry.Anchor!.TrustedUsages, Is.EqualTo([Server]));
        Assert.That(entry.Anchor.RejectedUsages, Is.EqualTo([Client]));
    }

    [Test]
    public void Certificate_ManyThreads_AllGetTheSame()
    {
        var entry = new AnchorEntry(First.RawData, First.Subject.RawData, null, null);
        var seen = new CertificateInfo?[64];

        Parallel.For(0, seen.Length, i => seen[i] = entry.Certificate);

        Assert.That(seen, Is.All.SameAs(entry.Certificate));
    }

    [Test]
    public void Certificate_Garbage_IsNull()
    {
        var entry = new AnchorEntry(First.RawData[..^1], First.Subject.RawData, null, null);

        Assert.That(entry.Certificate, Is.Null);
        Assert.That(entry.Anchor, Is.Null);
    }

    [Test]
    public void From_Anchor_KeepsIt()
    {
        var anchor = new TrustAnchor(First);

        Assert.That(AnchorEntry.From(anchor).Anchor, Is.SameAs(anchor));
    }
}
