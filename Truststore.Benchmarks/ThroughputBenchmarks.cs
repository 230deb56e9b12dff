using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Truststore.Cli.Demo;
using Truststore.Platform.Linux;

namespace Truststore.Benchmarks;

/// <summary>
/// One verifier used by two threads, against the same verifier used by one: the same number of verdicts on each thread, and the time divided by all of them. The ratio would be 0.5 if
/// threads never stood in each other's way.
/// </summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[SimpleJob(launchCount: 1, warmupCount: 20, iterationCount: 100, invocationCount: 1)]
public class ThroughputBenchmarks : IDisposable
{
    private const int VerdictsPerThread = 256;

    /// <summary>A remembered verdict takes so little that meeting at the barrier would take longer than all of them.</summary>
    private const int RepeatedRounds = 256;

    private const string Host = "server.example";
    private const string UnseenLeaves = "unseen leaves, known intermediate";
    private const string RepeatedChain = "repeated chain";

    private static readonly DateTimeOffset s_time = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly PeerCertificates[] _peers = new PeerCertificates[2 * VerdictsPerThread];
    private readonly Barrier _barrier = new(2);
    private readonly ThrowAwayCa _ca = new(s_time);
    private IReadOnlyList<ReadOnlyMemory<byte>>[] _pool = [];
    private TrustAnchorCollection _addedAnchors = TrustAnchorCollection.Empty;
    private IChainVerifier _verifier = null!;
    private Thread? _second;
    private int _rounds = 1;
    private volatile bool _isDone;

    [GlobalSetup(Targets = [nameof(OneThread_UnseenLeaves), nameof(TwoThreads_UnseenLeaves)])]
    public void SetUpUnseenLeaves() => SetUp(_peers.Length);

    [GlobalSetup(Targets = [nameof(OneThread_RepeatedChain), nameof(TwoThreads_RepeatedChain)])]
    public void SetUpRepeatedChain()
    {
        _rounds = RepeatedRounds;
        SetUp(1);
    }

    [IterationSetup]
    public void SetUpIteration()
    {
        for (var i = 0; i < _peers.Length; i++)
        {
            _peers[i] = new PeerCertificates(_pool[i % _pool.Length]);
        }

        _verifier = new CachingChainVerifier(new LinuxChainVerifier());
        Verify(_peers[0]);
    }

    [IterationCleanup]
    public void CleanUpIteration()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _isDone = true;
        _barrier.SignalAndWait();
        _second?.Join();
        Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = VerdictsPerThread)]
    [BenchmarkCategory(UnseenLeaves)]
    public void OneThread_UnseenLeaves() => VerifyShare(0);

    [Benchmark(OperationsPerInvoke = 2 * VerdictsPerThread)]
    [BenchmarkCategory(UnseenLeaves)]
    public void TwoThreads_UnseenLeaves() => VerifyOnTwoThreads();

    [Benchmark(Baseline = true, OperationsPerInvoke = RepeatedRounds * VerdictsPerThread)]
    [BenchmarkCategory(RepeatedChain)]
    public void OneThread_RepeatedChain() => VerifyShare(0);

    [Benchmark(OperationsPerInvoke = RepeatedRounds * 2 * VerdictsPerThread)]
    [BenchmarkCategory(RepeatedChain)]
    public void TwoThreads_RepeatedChain() => VerifyOnTwoThreads();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _barrier.Dispose();
            _ca.Dispose();
        }
    }

    private void SetUp(int leaves)
    {
        // The leaves share one key, which no verification uses.
        var first = _ca.Keep(_ca.Intermediate.Issue(_ca.ServerSpec(Host).Extend()));
        _pool = [.. Enumerable.Range(0, leaves).Select(_ => PeerCertificates.Encode(_ca.Keep(_ca.Intermediate.CrossSign(first))))];
        _addedAnchors = new TrustAnchorCollection([new TrustAnchor(_ca.Root.Info)]);
        _second = new Thread(Serve) { IsBackground = true };
        _second.Start();
    }

    private void VerifyOnTwoThreads()
    {
        _barrier.SignalAndWait();
        VerifyShare(0);
        _barrier.SignalAndWait();
    }

    // The second thread: started once, so that no benchmark counts the start of a thread.
    private void Serve()
    {
        _barrier.SignalAndWait();
        while (!_isDone)
        {
            VerifyShare(1);
            _barrier.SignalAndWait();
            _barrier.SignalAndWait();
        }
    }

    private void VerifyShare(int share)
    {
        for (var round = 0; round < _rounds; round++)
        {
            for (var i = share * VerdictsPerThread; i < (share + 1) * VerdictsPerThread; i++)
            {
                Verify(_peers[i]);
            }
        }
    }

    private void Verify(PeerCertificates peer)
    {
        var result = _verifier.Verify(new ChainVerificationRequest
        {
            PeerChain = peer.Chain,
            ReferenceIdentifier = ReferenceIdentifier.Parse(Host),
            AddedAnchors = _addedAnchors,
            VerifyFlags = TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain,
            VerificationTime = s_time,
        });
        if (!result.IsTrusted)
        {
            throw new InvalidOperationException($"The chain is not trusted ({result.Failures[0].Message}), so there is nothing to compare.");
        }
    }
}
