using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Native;

/// <summary>The verifier together with the stores of this system.</summary>
internal sealed class SystemTests
{
    private static ContractChains Chains => ContractChains.Instance;

    private static ChainVerificationRequest Good => Chains.Request(Chains.Sent(ContractChains.Server)) with { UseSystemAnchors = true };

    [Test]
    public void Verify_AddedAnchorBesidesTheSystems_IsTrusted() => Assert.That(SystemTrust.Verifier.Verify(Good).VerifiedPath, Is.EqualTo(Chains[ContractChains.Server]));

    [Test]
    public void Verify_NeitherSystemNorAddedAnchorsKnowTheIssuer_ReportsTheSystemsAnswerFirst()
    {
        var result = SystemTrust.Verifier.Verify(Good with { AddedAnchors = ContractChains.Anchors(Chains[ContractChains.OtherServer][^1]) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.IssuerNotFound, FailureReason.IssuerNotFound }));
            Assert.That(result.Failures[0].NativeCode, Is.EqualTo(unchecked((int)0x800B010A)));
            Assert.That(result.Failures[1].Message, Does.StartWith("with the added anchors: "));
        }
    }

    [Test]
    public void Verify_RootOfTheSystem_IsTrustedByItself()
    {
        var anchor = SystemTrust.Anchors.List().First(a => a.Certificate is { IsSelfIssued: true } c && c.NotAfter > ContractPki.Now && c.NotBefore < ContractPki.Now && a.IsTrustedFor(PeerPurpose.ServerAuthentication));

        var result = SystemTrust.Verifier.Verify(Good with { PeerChain = [new PeerCertificate(anchor.Certificate.RawData.Span)], CheckHostname = false, AddedAnchors = TrustAnchorCollection.Empty });

        Assert.That(result.Failures.Select(f => f.Reason), Has.None.AnyOf(FailureReason.SelfSigned, FailureReason.UntrustedRoot, FailureReason.IssuerNotFound));
    }

    [Test]
    public void Anchors_ThisSystem_AreListedAndDescribed()
    {
        var anchors = SystemTrust.Anchors.List();
        var description = SystemTrust.Anchors.Describe();

        TestContext.Out.WriteLine($"{anchors.Count} anchors: {string.Join("; ", description.Tried.Select(t => $"{t.Location}: {t.Remark}"))}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchors, Is.Not.Empty);
            Assert.That(description.Count, Is.EqualTo(anchors.Count));
            Assert.That(description.Tried, Has.Count.EqualTo(6));
        }
    }

    [Test]
    public void SetCiphers_OnWindows_SaysThatSchannelDecides()
    {
        var context = TlsContext.CreateDefault();

        Assert.That(() => context.SetCiphers("ECDHE-RSA-AES128-GCM-SHA256"), Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("SSL Cipher Suite Order"));
    }

    [Test]
    public void Verify_ManyThreads_AllGetTheirAnswer() =>
        Parallel.For(0, 400, i => Assert.That(SystemTrust.Verifier.Verify(Good with { MaxVerdictAge = TimeSpan.Zero, CheckHostname = i % 2 == 0, UseSystemAnchors = i % 3 == 0 }).IsTrusted));
}
