using Truststore.Platform.MacOS;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>One verifier for all threads.</summary>
internal sealed class ManyThreadsTests
{
    private const int Threads = 8;
    private const int Verifications = 100;

    [Test]
    public void Verify_FromManyThreads_LeavesNoObject()
    {
        StandInLibrary.Require();
        var verifier = new MacOSChainVerifier();
        var outcomes = new (int Trusted, long Live, string Misuse)[Threads];
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() => outcomes[i] = Run(verifier))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(outcomes, Is.All.EqualTo((Verifications, 0L, "")));
    }

    private static (int Trusted, long Live, string Misuse) Run(MacOSChainVerifier verifier)
    {
        var standIn = new StandIn();
        var request = ContractPki.Request(ContractPki.Instance.Server.ServerChain);
        var trusted = Enumerable.Range(0, Verifications).Count(_ => verifier.Verify(request).IsTrusted);
        return (trusted, standIn.Live, standIn.Misuse);
    }
}
