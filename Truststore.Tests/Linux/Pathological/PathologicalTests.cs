using Truststore.Platform.Linux;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>
/// Chains that are worse than any conformance suite's: each ends within 20 ms or on its budget, and allocates in
/// proportion to its length. On a slower machine each ends within what the yardstick takes there.
/// </summary>
[NonParallelizable]
internal sealed class PathologicalTests
{
    private const int Runs = 20;
    private static readonly TimeSpan s_most = TimeSpan.FromMilliseconds(20);

    private static IEnumerable<PathologicalCase> Cases() => CertificateCases.All().Concat(PathCases.All()).Concat(NameCases.All()).Concat(PolicyCases.All()).Concat(RevocationCases.All());

    [TestCaseSource(nameof(Cases))]
    public void Verify_PathologicalChain_EndsInTimeOrOnItsBudget(PathologicalCase testCase)
    {
        var compatible = testCase.Create() with { HostnameChecksCommonName = true };
        var strict = compatible with { VerifyFlags = compatible.VerifyFlags | TlsVerifyFlags.X509Strict };

        using (Assert.EnterMultipleScope())
        {
            var result = new LinuxChainVerifier(source: null, publicSuffixFile: default).Verify(compatible);
            Assert.That(result.Failures is [var failure, ..] ? failure.Reason : (FailureReason?)null, Is.EqualTo(testCase.Expected), result.Failures is [var first, ..] ? first.Message : null);
            foreach (var request in (ChainVerificationRequest[])[compatible, strict])
            {
                var (allocated, time) = Measure(request, testCase.EndsOnBudget ? 1 : Runs);
                Assert.That(allocated, Is.LessThan(MostAllocated(request)), $"bytes, {request.VerifyFlags}");
                if (!testCase.EndsOnBudget)
                {
                    Assert.That(time < s_most || time < Best(Yardstick.Apply, Runs, s_most), $"{time.TotalMilliseconds} ms of processor time, {request.VerifyFlags}");
                }
            }
        }
    }

    private static long MostAllocated(ChainVerificationRequest request) => (2 * 1024 * 1024) + (80L * request.PeerChain.Sum(c => c.RawData.Length));

    /// <summary>What a verification allocates and how long it takes; each run with a verifier that remembers nothing.</summary>
    private static (long Allocated, TimeSpan Time) Measure(ChainVerificationRequest request, int runs)
    {
        var allocated = 0L;
        var time = Best(
            () =>
            {
                var verifier = new LinuxChainVerifier(source: null, publicSuffixFile: default);
                allocated = -GC.GetAllocatedBytesForCurrentThread();
                verifier.Verify(request);
                allocated += GC.GetAllocatedBytesForCurrentThread();
            },
            runs,
            s_most);
        return (allocated, time);
    }

    /// <summary>The best time of several runs, so that compilation does not count; that of the first which is good enough.</summary>
    private static TimeSpan Best(Action action, int runs, TimeSpan enough)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < runs && best >= enough; run++)
        {
            var time = ProcessorTime.Of(action);
            best = time < best ? time : best;
        }

        return best;
    }
}
