using NSubstitute;
using Truststore.Platform.Windows.Engines;

namespace Truststore.Tests.Windows.Seam;

internal sealed class ChainEngineCacheTests : SeamFixture
{
    [Test]
    public void Verify_SameAnchorsAgain_UsesTheSameEngine()
    {
        Verify(Good);
        Verify(Good);

        Crypto.Api.ReceivedWithAnyArgs(1).CertCreateCertificateChainEngine(default!, default, default, out _);
    }

    [Test]
    public void Rent_MoreSetsThanFit_ReleasesTheOldestBehindItsLastUse()
    {
        var cache = new ChainEngineCache(Crypto.Api);
        var oldest = cache.Rent(Anchors(0), [Root]);
        for (var i = 1; i <= ChainEngineCache.Capacity; i++)
        {
            cache.Rent(Anchors(i), [Root]).Dispose();
        }

        Assert.That(oldest.Handle.IsClosed, Is.False);
        oldest.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(oldest.Handle.IsClosed);
            Assert.That(Crypto.Open.Kinds.Count(), Is.EqualTo(2 * ChainEngineCache.Capacity));
        }
    }

    [Test]
    public void Rent_EngineThatIsUsedAgain_OutlivesOthers()
    {
        var cache = new ChainEngineCache(Crypto.Api);
        using var kept = cache.Rent(Anchors(0), [Root]);
        for (var i = 1; i <= 2 * ChainEngineCache.Capacity; i++)
        {
            cache.Rent(Anchors(i), [Root]).Dispose();
            using var again = cache.Rent(Anchors(0), [Root]);
            Assert.That(again, Is.SameAs(kept));
        }
    }

    [Test]
    public void Verify_ManyThreadsManySets_LeavesNoMoreThanTheCache()
    {
        Parallel.For(0, 500, i => Assert.That(Verify(Anchors(i % 24)).IsTrusted));

        Assert.That(Crypto.Open.Kinds.Count(), Is.EqualTo(2 * ChainEngineCache.Capacity));
    }

    /// <summary>A request whose set of anchors is another one for each number.</summary>
    private static ChainVerificationRequest Anchors(int number) => Good with
    {
        AddedAnchors = new TrustAnchorCollection([new TrustAnchor(Root, rejectedUsages: [$"1.3.6.1.4.1.99999.{number}"])]),
    };
}
