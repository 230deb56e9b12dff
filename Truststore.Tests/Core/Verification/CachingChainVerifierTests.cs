using NSubstitute;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Core.Verification;

internal sealed class CachingChainVerifierTests
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new(ContractPki.Now);
    private readonly IChainVerifier _inner = Substitute.For<IChainVerifier>();

    private static ChainVerificationRequest Request => ContractPki.Request(ContractPki.Instance.Server.ServerChain) with { MaxVerdictAge = s_age };

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Case("other name", r => r with { ReferenceIdentifier = ReferenceIdentifier.Parse("other.example.com") });
        yield return Case("no name", r => r with { ReferenceIdentifier = null });
        yield return Case("names not checked", r => r with { CheckHostname = false });
        yield return Case("common name", r => r with { HostnameChecksCommonName = true });
        yield return Case("purpose", r => r with { Purpose = PeerPurpose.ClientAuthentication });
        yield return Case("flags", r => r with { VerifyFlags = TlsVerifyFlags.X509Strict });
        yield return Case("anchors", r => r with { AddedAnchors = ContractPki.Anchors(ContractPki.Instance.OtherCa.Root) });
        yield return Case("no anchors", r => r with { AddedAnchors = TrustAnchorCollection.Empty });
        yield return Case("restricted anchor", r => r with { AddedAnchors = new TrustAnchorCollection([new TrustAnchor(ContractPki.Instance.Ca.Root.Info, rejectedUsages: ["1.3.6.1.5.5.7.3.2"])]) });
        yield return Case("system anchors", r => r with { UseSystemAnchors = true });
        yield return Case("revocation list", r => r with { RevocationLists = [Crl()] });
        yield return Case("limits", r => r with { Limits = VerificationLimits.Default with { MaxIntermediates = 1 } });
        yield return Case("network", r => r with { AllowNetwork = true });
        yield return Case("shorter chain", r => r with { PeerChain = [r.PeerChain[0]] });
        yield return Case("other order", r => r with { PeerChain = [.. r.PeerChain.Reverse()] });
        yield return Case("one bit", r => r with { PeerChain = [r.PeerChain[0], Flip(r.PeerChain[1])] });
        yield return Case("verdicts not wanted", r => r with { MaxVerdictAge = TimeSpan.Zero });
        yield return Case("before a certificate is valid", r => r with { VerificationTime = ContractPki.Now.AddYears(-5) });
        yield return Case("after a certificate is valid", r => r with { VerificationTime = ContractPki.Now.AddYears(5) });
    }

    [TestCaseSource(nameof(Changes))]
    public void Verify_OtherQuestion_IsJudgedAnew(Func<ChainVerificationRequest, ChainVerificationRequest> change)
    {
        var verifier = Create();
        verifier.Verify(Request);

        verifier.Verify(change(Request));

        Assert.That(Judged, Is.EqualTo(2));
    }

    [Test]
    public void Verify_SameQuestion_IsAnsweredFromMemory()
    {
        var verifier = Create();

        var first = verifier.Verify(Request);
        var again = verifier.Verify(Request with { AddedAnchors = ContractPki.Anchors(ContractPki.Instance.Ca.Root), VerificationTime = ContractPki.Now.AddSeconds(1) });

        Assert.That(again.VerifiedPath, Is.EqualTo(first.VerifiedPath));
        Assert.That(Judged, Is.EqualTo(1));
    }

    [Test]
    public void Verify_Rejection_IsNotRemembered()
    {
        _inner.Verify(default!).ReturnsForAnyArgs(c => ChainVerificationResult.Rejected(c.Arg<ChainVerificationRequest>(), [new VerificationFailure(FailureReason.Expired, "…")], []));
        var verifier = new CachingChainVerifier(_inner, timeProvider: _clock);

        verifier.Verify(Request);
        verifier.Verify(Request);

        Assert.That(Judged, Is.EqualTo(2));
        Assert.That(verifier.Count, Is.Zero);
    }

    [Test]
    public void Verify_OlderThanAllowed_IsJudgedAnew()
    {
        var verifier = Create();
        verifier.Verify(Request);

        _clock.Advance(s_age);
        verifier.Verify(Request);
        Assert.That(Judged, Is.EqualTo(1));

        _clock.Advance(TimeSpan.FromSeconds(1));
        verifier.Verify(Request);
        Assert.That(Judged, Is.EqualTo(2));
    }

    [Test]
    public void Verify_TrustChanged_IsJudgedAnew()
    {
        var verifier = Create();
        verifier.Verify(Request);

        _inner.TrustGeneration.Returns(2);
        verifier.Verify(Request);

        Assert.That(Judged, Is.EqualTo(2));
    }

    [Test]
    public void Verify_RevocationListBecomesValidOrStale_IsJudgedAnew()
    {
        var verifier = Create();
        var early = ContractPki.Now.AddDays(-2);
        var lists = new[] { Crl() };
        verifier.Verify(Request with { RevocationLists = lists, VerificationTime = early });
        verifier.Verify(Request with { RevocationLists = lists, VerificationTime = early.AddHours(1) });
        Assert.That(Judged, Is.EqualTo(1));

        verifier.Verify(Request with { RevocationLists = lists });
        Assert.That(Judged, Is.EqualTo(2));

        verifier.Verify(Request with { RevocationLists = lists, VerificationTime = ContractPki.Now.AddDays(2) });
        Assert.That(Judged, Is.EqualTo(3));
    }

    [Test]
    public void Verify_MoreThanTheCapacity_StaysBounded()
    {
        const int capacity = 10;
        var verifier = Create(capacity);

        for (var i = 0; i < 5 * capacity; i++)
        {
            verifier.Verify(Request with { ReferenceIdentifier = ReferenceIdentifier.Parse($"h{i}.example.com") });
            Assert.That(verifier.Count, Is.LessThanOrEqualTo(capacity));
        }

        verifier.Verify(Request with { ReferenceIdentifier = ReferenceIdentifier.Parse($"h{(5 * capacity) - 1}.example.com") });
        Assert.That(Judged, Is.EqualTo(5 * capacity));
    }

    [Test]
    public void Clear_Verdicts_AreForgotten()
    {
        var verifier = Create();
        verifier.Verify(Request);

        verifier.Clear();
        verifier.Verify(Request);

        Assert.That(Judged, Is.EqualTo(2));
    }

    private int Judged => _inner.ReceivedCalls().Count(c => string.Equals(c.GetMethodInfo().Name, nameof(IChainVerifier.Verify), StringComparison.Ordinal));

    private CachingChainVerifier Create(int capacity = CachingChainVerifier.DefaultCapacity)
    {
        var pki = ContractPki.Instance;
        _inner.Verify(default!).ReturnsForAnyArgs(c => ChainVerificationResult.Trusted(c.Arg<ChainVerificationRequest>(), [pki.Server.Info, pki.Ca.Intermediate.Info, pki.Ca.Root.Info]));
        return new CachingChainVerifier(_inner, capacity, _clock);
    }

    private static CertificateRevocationList Crl() =>
        CertificateRevocationList.Parse(ContractPki.Instance.Ca.Intermediate.CreateRevocationList(ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1)));

    private static PeerCertificate Flip(PeerCertificate certificate)
    {
        var copy = certificate.RawData.ToArray();
        copy[copy.Length / 2] ^= 1;
        return new PeerCertificate(copy);
    }

    private static TestCaseData Case(string name, Func<ChainVerificationRequest, ChainVerificationRequest> change) => new TestCaseData(change).SetArgDisplayNames(name);
}
