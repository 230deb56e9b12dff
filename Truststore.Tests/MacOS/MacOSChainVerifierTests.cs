using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>What SecTrust is asked, and what its answers are worth.</summary>
internal sealed class MacOSChainVerifierTests : MacOSFixture
{
    private const int Verifications = 10_000;

    [Test]
    public void Verify_TenThousandTimes_LeavesNoObject()
    {
        ChainVerificationRequest[] requests =
        [
            Good,
            Good with { ReferenceIdentifier = ReferenceIdentifier.Parse("other.example.com") },
            ContractPki.Request(Pki.Server),
            Good with { VerifyFlags = TlsVerifyFlags.CrlCheckChain },
        ];
        var trusted = 0;
        for (var i = 0; i < Verifications; i++)
        {
            trusted += Verify(requests[i % requests.Length]).IsTrusted ? 1 : 0;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trusted, Is.EqualTo(Verifications / requests.Length));
            Assert.That(StandIn.Live, Is.Zero);
            Assert.That(StandIn.Calls("CFRelease"), Is.GreaterThan(10 * Verifications));
        }
    }

    [Test]
    public void Verify_CrlCheckLeaf_NamesFeaturePlatformAndWayOut() => Assert.That(
        () => Verify(Good with { VerifyFlags = TlsVerifyFlags.CrlCheckLeaf }),
        Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("CrlCheckLeaf").And.Message.Contains("macOS").And.Message.Contains("use TlsVerifyFlags.CrlCheckChain"));

    [Test]
    public void Verify_AddedRevocationList_NamesFeaturePlatformAndWayOut()
    {
        var list = CertificateRevocationList.Parse(Pki.Ca.Root.CreateRevocationList(ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1)));

        Assert.That(
            () => Verify(Good with { RevocationLists = [list] }),
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("revocation lists").And.Message.Contains("macOS").And.Message.Contains("CrlCheckChain"));
    }

    [TestCase(0, true, FailureReason.RevocationStatusUnknown, -67635)]
    [TestCase(1, true, null, null)]
    [TestCase(2, true, FailureReason.Revoked, -67820)]
    [TestCase(1, false, FailureReason.RevocationStatusUnknown, -67635)]
    public void Verify_CrlCheckChain_RequiresAnAnswer(int status, bool allowNetwork, FailureReason? reason, int? code)
    {
        StandIn.Set("RevocationStatus", status);

        var result = Verify(Good with { VerifyFlags = TlsVerifyFlags.CrlCheckChain, AllowNetwork = allowNetwork });

        Assert.That(result.Failures.Select(f => ((FailureReason?)f.Reason, f.NativeCode)), Is.EqualTo(reason is null ? [] : new[] { (reason, code) }));
    }

    /// <summary>SecTrust does not check the revocation of a certificate without an issuer, not even if it requires a response.</summary>
    [TestCase(TlsVerifyFlags.None, null)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, FailureReason.RevocationStatusUnknown)]
    public void Verify_EndEntityCertificateIsAnAnchor_HasNoRevocationStatus(TlsVerifyFlags flags, FailureReason? reason)
    {
        StandIn.Set("RevocationStatus", 1);
        var request = ContractPki.Request(Pki.Server) with
        {
            AddedAnchors = ContractPki.Anchors(Pki.Server),
            VerifyFlags = flags | TlsVerifyFlags.X509PartialChain,
            AllowNetwork = true,
        };

        Assert.That(Verify(request).Failures.Select(f => (FailureReason?)f.Reason).FirstOrDefault(), Is.EqualTo(reason));
    }

    [Test]
    public void Verify_WithoutCrlFlags_AsksForNoRevocationPolicy()
    {
        Verify(Good);

        Assert.That(StandIn.Calls("SecPolicyCreateRevocation"), Is.Zero);
    }

    [TestCase(true, true, null)]
    [TestCase(true, false, null)]
    [TestCase(false, true, null)]
    [TestCase(false, false, FailureReason.IssuerNotFound)]
    public void Verify_SystemAndAddedAnchors_BothCount(bool inSystem, bool isAdded, FailureReason? reason)
    {
        StandIn.Append(StandInList.SystemAnchors, (inSystem ? Pki.Ca : Pki.OtherCa).Root.Der);

        var result = Verify(Good with { UseSystemAnchors = true, AddedAnchors = ContractPki.Anchors((isAdded ? Pki.Ca : Pki.OtherCa).Root) });

        Assert.That(result.Failures.Select(f => (FailureReason?)f.Reason).FirstOrDefault(), Is.EqualTo(reason));
    }

    [Test]
    public void Verify_SystemAnchorsAlone_Count()
    {
        StandIn.Append(StandInList.SystemAnchors, Pki.Ca.Root.Der);

        Assert.That(Verify(Good with { UseSystemAnchors = true, AddedAnchors = TrustAnchorCollection.Empty }).IsTrusted);
    }

    [Test]
    public void Verify_SystemAnchorsLeftOut_DoNotCount()
    {
        StandIn.Append(StandInList.SystemAnchors, Pki.Ca.Root.Der);

        AssertRejected(Verify(Good with { AddedAnchors = TrustAnchorCollection.Empty }), FailureReason.IssuerNotFound, -25318);
    }

    [Test]
    public void Verify_TrustedByAnAnchorThatDoesNotCount_IsRejected()
    {
        StandIn.Fail("SecTrustEvaluateWithError");

        AssertRejected(Verify(ContractPki.Request(Pki.Server.Path) with { AddedAnchors = ContractPki.Anchors(Pki.OtherCa.Root) }), FailureReason.UntrustedRoot, null);
    }

    [Test]
    public void Verify_TrustedForAnotherHost_IsRejectedByCore()
    {
        StandIn.Fail("SecTrustEvaluateWithError");

        AssertRejected(Verify(Good with { ReferenceIdentifier = ReferenceIdentifier.Parse("other.example.com") }), FailureReason.HostnameMismatch, null);
    }

    [Test]
    public void Verify_Strict_AppliesCoresProfile()
    {
        var server = Pki.Issue(s => s with { OmitAuthorityKeyIdentifier = true });

        AssertRejected(Verify(ContractPki.Request(server.ServerChain) with { VerifyFlags = TlsVerifyFlags.X509Strict }), FailureReason.NonConformingCertificate, null);
    }

    [TestCase(true, null)]
    [TestCase(false, FailureReason.HostnameMismatch)]
    public void Verify_CommonNameOnly_CountsWhereItIsToCount(bool counts, FailureReason? reason)
    {
        var server = Pki.Issue(s => s with { DnsNames = [], CommonName = ContractPki.Host });

        var result = Verify(ContractPki.Request(server.ServerChain) with { HostnameChecksCommonName = counts });

        Assert.That(result.Failures.Select(f => (FailureReason?)f.Reason).FirstOrDefault(), Is.EqualTo(reason));
    }

    [Test]
    public void Verify_AnchorForClientsOnly_IsDistrustedForServers()
    {
        var anchor = new TrustAnchor(Pki.Ca.Root.Info, trustedUsages: ["1.3.6.1.5.5.7.3.2"]);

        AssertRejected(Verify(ContractPki.Request(Pki.Server.Path) with { AddedAnchors = new TrustAnchorCollection([anchor]) }), FailureReason.Distrusted, -67843);
    }

    [Test]
    public void Verify_RejectedAnchorThatTheSystemTrusts_IsDistrusted()
    {
        StandIn.Append(StandInList.SystemAnchors, Pki.Ca.Root.Der);
        var anchor = new TrustAnchor(Pki.Ca.Root.Info, rejectedUsages: ["1.3.6.1.5.5.7.3.1"]);

        AssertRejected(Verify(Good with { UseSystemAnchors = true, AddedAnchors = new TrustAnchorCollection([anchor]) }), FailureReason.Distrusted, null);
    }

    [Test]
    public void Verify_FractionsOfTheLastSecond_AreStillValid()
    {
        var server = Pki.Issue(s => s with { NotAfter = ContractPki.Now });

        Assert.That(Verify(ContractPki.Request(server.ServerChain) with { VerificationTime = ContractPki.Now.AddMilliseconds(999) }).IsTrusted);
    }

    [Test]
    public void TrustGeneration_NobodyTells_IsZero() => Assert.That(((IChainVerifier)new Platform.MacOS.MacOSChainVerifier()).TrustGeneration, Is.Zero);
}
