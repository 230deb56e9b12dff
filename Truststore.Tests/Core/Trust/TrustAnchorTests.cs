using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustAnchorTests
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";

    /// <summary>
    /// Verdicts and engines are remembered by a hash of the usages, so those must not change behind it.
    /// </summary>
    [Test]
    public void Usages_CallerChangesItsLists_StayAsTheyWere()
    {
        string[] trusted = [Client];
        var rejected = new List<string> { Server };
        var anchor = new TrustAnchor(CertificateInfo.Parse(Root), trusted, rejected);
        var hash = new TrustAnchorCollection([anchor]).ContentHash.ToArray();

        trusted[0] = Server;
        rejected.Clear();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchor.TrustedUsages, Is.EqualTo([Client]));
            Assert.That(anchor.RejectedUsages, Is.EqualTo([Server]));
            Assert.That(anchor.IsTrustedFor(PeerPurpose.ServerAuthentication), Is.False);
            Assert.That(new TrustAnchorCollection([anchor]).ContentHash.ToArray(), Is.EqualTo(hash));
        }
    }

    [Test]
    public void Usages_CastToAList_CannotBeChanged()
    {
        var anchor = new TrustAnchor(CertificateInfo.Parse(Root), new[] { Client }, new List<string> { Server });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchor.TrustedUsages, Is.Not.InstanceOf<string[]>().And.Not.InstanceOf<List<string>>());
            Assert.That(anchor.RejectedUsages, Is.Not.InstanceOf<string[]>().And.Not.InstanceOf<List<string>>());
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Constructor_NullAmongTheUsages_Throws(bool isTrusted)
    {
        string[] usages = [Server, null!];

        Assert.That(
            () => new TrustAnchor(CertificateInfo.Parse(Root), isTrusted ? usages : null, isTrusted ? null : usages),
            Throws.ArgumentException);
    }
}
