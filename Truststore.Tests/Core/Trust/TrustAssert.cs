using NSubstitute;

namespace Truststore.Tests.Core.Trust;

/// <summary>What holds for every load of trust data.</summary>
internal static class TrustAssert
{
    internal static TlsContext NewContext() => new(Substitute.For<IChainVerifier>());

    /// <summary>A load fails with all the words in its message, and leaves a context that has something as it is.</summary>
    internal static void Refuses(Action<TlsContext> load, string source, params IEnumerable<string> words)
    {
        var context = NewContext();
        context.LoadVerifyLocations(caData: TrustSamples.OtherRootPem + TrustSamples.RevocationListPem);
        var anchors = context.AddedAnchors;
        var statistics = context.CertificateStoreStatistics;

        var error = Assert.Throws<TrustDataException>(() => load(context));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.TrustSource, Is.EqualTo(source));
            Assert.That(error.Message, Does.Contain($"'{source}'").And.EndWith("."));
            foreach (var word in words)
            {
                Assert.That(error.Message, Does.Contain(word));
            }

            Assert.That(context.AddedAnchors, Is.SameAs(anchors));
            Assert.That(context.CertificateStoreStatistics, Is.EqualTo(statistics));
            Assert.That(context.IsReadOnly, Is.False);
        }
    }

    internal static IReadOnlyList<byte[]> Loaded(TlsContext context) => [.. context.AddedAnchors.Select(a => a.Certificate.RawData.ToArray())];
}
