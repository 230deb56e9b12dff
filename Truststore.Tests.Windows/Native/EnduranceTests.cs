using System.Diagnostics;
using Truststore.Platform.Windows;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Native;

/// <summary>Verifications without number leave nothing behind.</summary>
[NonParallelizable]
internal sealed class EnduranceTests
{
    private const int Verifications = 10_000;
    private const int WarmUp = 2_000;
    private const long AllowedGrowth = 16 * 1024 * 1024;

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
        Repeat(verifier, requests, WarmUp);
        var before = Measure();

        Repeat(verifier, requests, Verifications);
        var after = Measure();

        TestContext.Out.WriteLine($"{Verifications} verifications: handles {before.Handles} -> {after.Handles}, memory {before.Memory / 1024} -> {after.Memory / 1024} KiB");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Handles, Is.LessThanOrEqualTo(before.Handles + 10));
            Assert.That(after.Memory, Is.Positive);
            Assert.That(after.Memory, Is.LessThanOrEqualTo(before.Memory + AllowedGrowth));
        }
    }

    private static void Repeat(WindowsChainVerifier verifier, ChainVerificationRequest[] requests, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var result = verifier.Verify(requests[i % requests.Length]);
            Assert.That(result.IsTrusted, Is.EqualTo(i % requests.Length < 2));
        }
    }

    private static (int Handles, long Memory) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return (process.HandleCount, Math.Max(process.PrivateMemorySize64, process.WorkingSet64));
    }
}
