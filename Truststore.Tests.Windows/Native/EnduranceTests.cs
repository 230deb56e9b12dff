using System.Diagnostics;
using Truststore.Platform.Windows;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Native;

/// <summary>Verifications without number leave nothing behind.</summary>
[NonParallelizable]
internal sealed class EnduranceTests
{
    private const int Rounds = 10;
    private const int VerificationsOfARound = 1000;
    private const int RoundsOfWarmUp = 2;

    /// <summary>
    /// A certificate, store or chain that is not released takes 2000 to 4000. What the just-in-time compiler adds while it
    /// compiles methods once more is up to 200, under Wine on a busy machine.
    /// </summary>
    private const long NativeBytes = 512;

    private const long ManagedBytes = 16;

    [Test]
    public void Verify_TenThousandTimes_KeepsHandlesAndMemoryLevel()
    {
        var verifier = new WindowsChainVerifier();
        var chains = ContractChains.Instance;
        var good = chains.Request(chains.Sent(ContractChains.Server));
        ChainVerificationRequest[] requests =
        [
            good,
            good with { UseSystemAnchors = true },
            chains.Request(chains.Sent(ContractChains.Expired)),
            good with { PeerChain = [good.PeerChain[0]] },
            good with { ReferenceIdentifier = ReferenceIdentifier.Parse("other.example.com") },
        ];
        Repeat(verifier, requests, RoundsOfWarmUp * VerificationsOfARound);
        List<(int Handles, long Managed, long Native)> levels = [Measure()];

        for (var round = 0; round < Rounds; round++)
        {
            Repeat(verifier, requests, VerificationsOfARound);
            levels.Add(Measure());
        }

        foreach (var (handles, managed, native) in levels)
        {
            TestContext.Out.WriteLine($"handles: {handles}, managed: {managed / 1024} KiB, native: {native / 1024} KiB");
        }

        using (Assert.EnterMultipleScope())
        {
            // Windows counts the handles. Wine tells the size of their table, which doubles: one handle more may be 256, and a leak
            // shows only from the first round to the last.
            Assert.That(GrowthOf(l => l.Handles), Is.LessThan(VerificationsOfARound / 100), "handles");
            Assert.That(levels[^1].Handles - levels[0].Handles, Is.LessThan(VerificationsOfARound), "handles, or the size of their table");
            Assert.That(GrowthOf(l => l.Managed), Is.LessThan(VerificationsOfARound * ManagedBytes), "managed memory");
            Assert.That(GrowthOf(l => l.Native), Is.LessThan(VerificationsOfARound * NativeBytes), "native memory");
        }

        double GrowthOf(Converter<(int Handles, long Managed, long Native), long> what) => Growth.OfARound(levels.ConvertAll(what));
    }

    private static void Repeat(WindowsChainVerifier verifier, ChainVerificationRequest[] requests, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var result = verifier.Verify(requests[i % requests.Length]);
            Assert.That(result.IsTrusted, Is.EqualTo(i % requests.Length < 2));
        }
    }

    private static (int Handles, long Managed, long Native) Measure()
    {
        var (managed, native) = Growth.Held();
        using var process = Process.GetCurrentProcess();
        return (process.HandleCount, managed, native);
    }
}
