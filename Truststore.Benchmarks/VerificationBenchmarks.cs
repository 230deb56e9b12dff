using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Truststore.Cli.Demo;
using Truststore.Platform.Linux;

namespace Truststore.Benchmarks;

/// <summary>
/// The verdict on one chain, as a handshake asks for it, against X509Chain.Build and MatchesHostname with the same anchors. Each operation has certificates of its own, decoded
/// beforehand, as the handshake would have. The verifier, with the caches that SystemTrust.Verifier has, is a new one for each iteration and has seen another chain to the same root, so
/// that all it remembers is what the variant says.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[SimpleJob(launchCount: 1, warmupCount: 100, iterationCount: 200, invocationCount: PoolSize)]
public class VerificationBenchmarks
{
    // So few operations an iteration that some iterations are never interrupted, and so many iterations that there are some.
    private const int PoolSize = 16;
    private const string Host = "server.example";
    private const string UnseenChain = "unseen chain";
    private const string UnseenLeaf = "unseen leaf";
    private const string RepeatedChain = "repeated chain";

    private static readonly DateTimeOffset s_time = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly PeerCertificates[] _peers = new PeerCertificates[PoolSize];
    private IReadOnlyList<ReadOnlyMemory<byte>>[] _pool = [];
    private IReadOnlyList<ReadOnlyMemory<byte>> _seen = [];
    private StockVerifier _customRoots = null!;
    private StockVerifier _system = null!;
    private TrustAnchorCollection _addedAnchors = TrustAnchorCollection.Empty;
    private IChainVerifier _verifier = null!;
    private int _next;

    [Params(ChainKey.P256, ChainKey.Rsa2048)]
    public ChainKey Key { get; set; }

    /// <summary>2: leaf and root; 3: leaf, intermediate and root. The root is never sent.</summary>
    [Params(2, 3)]
    public int Certificates { get; set; }

    [GlobalSetup(Targets = [nameof(BuildCustomRoots_UnseenChain), nameof(BuildSystem_UnseenChain), nameof(Verify_UnseenChain)])]
    public void SetUpUnseenChain() => SetUp(intermediates: PoolSize, leaves: 1);

    [GlobalSetup(Targets = [nameof(BuildCustomRoots_UnseenLeaf), nameof(BuildSystem_UnseenLeaf), nameof(Verify_UnseenLeaf)])]
    public void SetUpUnseenLeaf() => SetUp(intermediates: 1, leaves: PoolSize);

    [GlobalSetup(Targets = [nameof(BuildCustomRoots_RepeatedChain), nameof(BuildSystem_RepeatedChain), nameof(Verify_RepeatedChain)])]
    public void SetUpRepeatedChain()
    {
        SetUp(intermediates: 1, leaves: 1);
        _seen = _pool[0];
    }

    [GlobalCleanup]
    public void CleanUp() => StockTrust.DeleteFile();

    [IterationSetup]
    public void SetUpIteration()
    {
        for (var i = 0; i < PoolSize; i++)
        {
            _peers[i] = new PeerCertificates(_pool[i % _pool.Length]);
        }

        _next = 0;
        _verifier = new CachingChainVerifier(new LinuxChainVerifier());
        Require(Verify(_seen), "the chain that is seen before");
    }

    [IterationCleanup]
    public void CleanUpIteration()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory(UnseenChain)]
    public bool BuildCustomRoots_UnseenChain() => Build(_customRoots);

    [Benchmark]
    [BenchmarkCategory(UnseenChain)]
    public bool BuildSystem_UnseenChain() => Build(_system);

    [Benchmark]
    [BenchmarkCategory(UnseenChain)]
    public bool Verify_UnseenChain() => Verify();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory(UnseenLeaf)]
    public bool BuildCustomRoots_UnseenLeaf() => Build(_customRoots);

    [Benchmark]
    [BenchmarkCategory(UnseenLeaf)]
    public bool BuildSystem_UnseenLeaf() => Build(_system);

    [Benchmark]
    [BenchmarkCategory(UnseenLeaf)]
    public bool Verify_UnseenLeaf() => Verify();

    [Benchmark(Baseline = true)]
    [BenchmarkCategory(RepeatedChain)]
    public bool BuildCustomRoots_RepeatedChain() => Build(_customRoots);

    [Benchmark]
    [BenchmarkCategory(RepeatedChain)]
    public bool BuildSystem_RepeatedChain() => Build(_system);

    [Benchmark]
    [BenchmarkCategory(RepeatedChain)]
    public bool Verify_RepeatedChain() => Verify();

    private void SetUp(int intermediates, int leaves)
    {
        var key = Key == ChainKey.P256 ? KeySpec.P256 : KeySpec.Rsa(2048);
        using var ca = new ThrowAwayCa(s_time, key: key);
        var root = ca.Root;
        var authority = ca.Intermediate.Spec.Extend();
        var server = ca.ServerSpec(Host).Extend() with { Key = key };

        // The leaves share one key, which no verification uses.
        var intermediate = ca.Keep(root.Issue(authority));
        var first = ca.Keep(intermediate.Issue(server));
        _seen = PeerCertificates.Encode(Certificates == 2 ? root.CrossSign(first) : first);
        var issuers = Certificates == 2 ? [root] : Enumerable.Range(0, intermediates).Select(_ => intermediates == 1 ? intermediate : ca.Keep(root.Issue(authority))).ToArray();
        var count = intermediates == 1 ? leaves : PoolSize;
        _pool = [.. Enumerable.Range(0, count).Select(i => PeerCertificates.Encode(ca.Keep(issuers[i % issuers.Length].CrossSign(first))))];

        _system = new StockVerifier(StockTrust.System(root.Certificate));
        _customRoots = new StockVerifier(StockTrust.CustomRoots(root.Certificate));
        _addedAnchors = new TrustAnchorCollection([new TrustAnchor(root.Info)]);
        SetUpIteration();
        Require(Build(_customRoots), "X509Chain with custom roots");
        Require(Build(_system), "X509Chain with the system's roots");
        Require(Verify(), "the verifier");
        CleanUpIteration();
    }

    private bool Build(StockVerifier stock) => stock.Verify(_peers[_next++].Decoded, Host, s_time);

    private bool Verify() => Verify(_peers[_next++]);

    private bool Verify(IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        using var peer = new PeerCertificates(chain);
        return Verify(peer);
    }

    private bool Verify(PeerCertificates peer) => _verifier.Verify(new ChainVerificationRequest
    {
        PeerChain = peer.Chain,
        ReferenceIdentifier = ReferenceIdentifier.Parse(Host),
        AddedAnchors = _addedAnchors,
        VerifyFlags = TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain,
        VerificationTime = s_time,
    }).IsTrusted;

    private static void Require(bool trusted, string side)
    {
        if (!trusted)
        {
            throw new InvalidOperationException($"The chain is not trusted by {side}, so there is nothing to compare.");
        }
    }
}
