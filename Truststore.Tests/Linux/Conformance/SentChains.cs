namespace Truststore.Tests.Linux.Conformance;

/// <summary>Sends the certificates of a case in other ways, which must not change the verdict.</summary>
internal static class SentChains
{
    private const int StrangerCount = 20;

    // CA certificates of other cases: many have the very names of the case at hand, and none has its keys.
    private static readonly Lazy<ReadOnlyMemory<byte>[]> s_strangers = new(() => [.. LimboData.Cases()
        .SelectMany(c => c.UntrustedIntermediates)
        .Distinct(StringComparer.Ordinal)
        .Select(LimboData.Decode)
        .Where(der => der.Length < 2048)]);

    /// <summary>A request with the same certificates, the peer's own in front.</summary>
    internal static ChainVerificationRequest Rearrange(ChainVerificationRequest request, SentChain sent)
    {
        if (sent == SentChain.InOrder)
        {
            return request;
        }

        // One seed a case, so that a case does the same whichever ran before it.
        var random = new Random(request.PeerChain.Sum(certificate => certificate.RawData.Length));
        var intermediates = request.PeerChain.Skip(1).ToList();
        var limits = request.Limits;
        if (sent == SentChain.AmongStrangers)
        {
            intermediates.AddRange(PeerCertificate.CreateChain(Strangers(random)));
            limits = limits with { MaxPeerCertificates = Math.Max(limits.MaxPeerCertificates, intermediates.Count + 1) };
        }

        var order = intermediates.ToArray();
        random.Shuffle(order);
        return request with { PeerChain = [request.PeerChain[0], .. order], Limits = limits };
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Strangers(Random random)
    {
        var start = random.Next(s_strangers.Value.Length);
        return Enumerable.Range(0, StrangerCount).Select(i => s_strangers.Value[(start + i) % s_strangers.Value.Length]);
    }
}
