using System.Runtime.CompilerServices;
using Truststore.Tests.Contract;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Verification;

/// <summary>What a remembered verdict keeps, and for how long.</summary>
internal sealed class VerdictMemoryTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;

    private readonly ManualTimeProvider _clock = new(ContractPki.Now);

    [Test]
    public void Verify_ContextThatIsDropped_LeavesNeitherListsNorAnchorsBehind()
    {
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors, timeProvider: _clock);
        var dropped = Enumerable.Range(0, 30).SelectMany(_ => UseAndDrop(verifier)).ToList();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verifier.Count, Is.Not.Zero);
            Assert.That(dropped.Count(reference => reference.IsAlive), Is.Zero);
        }
    }

    [Test]
    public void Verify_JunkBehindAGoodLeaf_IsNotKept()
    {
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors, timeProvider: _clock);
        var junk = VerifyWithJunk(verifier);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That((verifier.Count, junk.IsAlive), Is.EqualTo((1, false)));
    }

    [Test]
    public void Verify_VerdictsThatExpired_AreDropped()
    {
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors, timeProvider: _clock);
        for (var i = 0; i < 10; i++)
        {
            verifier.Verify(Request with { MaxVerdictAge = TimeSpan.FromMinutes(2 + i) });
        }

        VerifyUnderAnotherName(verifier, 1);
        Assert.That(verifier.Count, Is.EqualTo(2));
        _clock.Advance(TimeSpan.FromMinutes(30));
        VerifyUnderAnotherName(verifier, 2);

        Assert.That(verifier.Count, Is.EqualTo(1));
    }

    [Test]
    public void Verify_VerdictsOfAnOlderTrustStore_AreDropped()
    {
        var inner = new ChangingVerifier();
        var verifier = new CachingChainVerifier(inner, timeProvider: _clock);
        for (var i = 0; i < 10; i++)
        {
            VerifyUnderAnotherName(verifier, i);
        }

        Assert.That(verifier.Count, Is.EqualTo(10));
        inner.TrustGeneration++;
        VerifyUnderAnotherName(verifier, 0);

        Assert.That(verifier.Count, Is.EqualTo(1));
    }

    [Test]
    public void Verify_PathsOfLargeCertificates_StayWithinTheBytes()
    {
        var root = s_pki.Ca.Root;
        using var large = root.Issue(s_pki.Server.Spec with { DnsNames = [ContractPki.Host, .. Enumerable.Range(0, 3000).Select(i => $"name-{i:D5}.a-long-domain-name-for-large-certificates.example.com")] });
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors, timeProvider: _clock);
        var fitting = CachingChainVerifier.MaxSize / large.Der.Length;
        Assert.That(fitting, Is.LessThan(CachingChainVerifier.DefaultCapacity / 2), "the certificate is large enough for the test");

        for (var i = 0; i < 2 * fitting; i++)
        {
            var result = verifier.Verify(ContractPki.Request([large]) with { ReferenceIdentifier = ReferenceIdentifier.Parse($"name-{i:D5}.a-long-domain-name-for-large-certificates.example.com") });
            Assert.That(result.Failures, Is.Empty);
            Assert.That(verifier.Count, Is.LessThanOrEqualTo(fitting));
        }
    }

    private static ChainVerificationRequest Request => ContractPki.Request(s_pki.Server.ServerChain);

    private static void VerifyUnderAnotherName(CachingChainVerifier verifier, int number) =>
        Assert.That(verifier.Verify(Request with { CheckHostname = false, ReferenceIdentifier = ReferenceIdentifier.Parse($"h{number}.example.com") }).Failures, Is.Empty);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] UseAndDrop(CachingChainVerifier verifier)
    {
        var list = s_pki.Ca.Intermediate.CreateRevocationList(ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1));
        var context = new TlsContext(verifier) { UseSystemAnchors = false, TimeProvider = new ManualTimeProvider(ContractPki.Now) };
        context.LoadVerifyLocations(caData: s_pki.Ca.RootPem);
        context.LoadVerifyLocations(list);
        IReadOnlyList<ReadOnlyMemory<byte>> chain = [.. s_pki.Server.ServerChain.Select(c => c.Der)];
        Assert.That(context.VerifyChain(chain, ContractPki.Host).Failures, Is.Empty);
        return [new WeakReference(context), new WeakReference(context.AddedAnchors), .. context.RevocationLists.Select(l => new WeakReference(l))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference VerifyWithJunk(CachingChainVerifier verifier)
    {
        var junk = new PeerCertificate(new byte[100_000]);
        Assert.That(verifier.Verify(Request with { PeerChain = [.. Request.PeerChain, junk] }).Failures, Is.Empty);
        return new WeakReference(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(junk.RawData, out var array) ? array.Array : null);
    }

    private sealed class ChangingVerifier : IChainVerifier
    {
        public long TrustGeneration { get; set; }

        public ChainVerificationResult Verify(ChainVerificationRequest request) => LinuxVerifiers.WithoutSystemAnchors.Verify(request);
    }
}
