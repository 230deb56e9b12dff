using NSubstitute;
using Truststore.Platform.Windows.Interop;
using Truststore.Platform.Windows.Trust;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>What becomes of CryptoAPI's answers.</summary>
internal sealed class VerdictTests : SeamFixture
{
    private static IEnumerable<TestCaseData> Bits() => StatusMapping.Bits.Select(meaning => new TestCaseData(meaning.Bit, meaning.Reason, meaning.Code).SetArgDisplayNames($"0x{meaning.Bit:X}"));

    private static IEnumerable<TestCaseData> Codes() => StatusMapping.Codes.Select(code => new TestCaseData(code.Key, code.Value).SetArgDisplayNames($"0x{code.Key:X}"));

    [TestCaseSource(nameof(Bits))]
    public void Verify_BitOfTheTrustStatus_HasItsReasonWhateverThePolicySays(uint bit, FailureReason reason, int code)
    {
        Crypto.Added = new ScriptedChain((Server, bit), (Intermediate, 0u), (Root, 0u));

        var result = Verify(Good with { UseSystemAnchors = false });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsTrusted, Is.False);
            Assert.That(result.Failures[0], Is.EqualTo(new VerificationFailure(reason, result.Failures[0].Message, 0, code)));
        }
    }

    [TestCaseSource(nameof(Codes))]
    public void Verify_CodeOfThePolicy_HasItsReasonWhateverTheTrustStatusSays(int code, FailureReason reason)
    {
        Crypto.Added = Crypto.Added with { PolicyError = unchecked((uint)code) };

        Assert.That(Verify(Good with { UseSystemAnchors = false }).Failures[0], Has.Property(nameof(VerificationFailure.Reason)).EqualTo(reason).And.Property(nameof(VerificationFailure.NativeCode)).EqualTo(code));
    }

    [TestCase(0u, 0x800B01FFu, "the words of the system (code 0x800B01FF)")]
    [TestCase(0x80000000u, 0u, "trust status 0x80000000")]
    [TestCase(0x20000u, 0u, "trust status 0x00020000")]
    public void Verify_AnswerWithoutAName_IsOtherWithItsCode(uint status, uint policyError, string text)
    {
        Crypto.Added = Crypto.Added with { Status = status, PolicyError = policyError };

        Assert.That(Verify(Good with { UseSystemAnchors = false }).Failures[0], Has.Property(nameof(VerificationFailure.Reason)).EqualTo(FailureReason.Other).And.Property(nameof(VerificationFailure.Message)).Contains(text));
    }

    [Test]
    public void Verify_SystemTrustsTheChain_AsksNoOtherEngine()
    {
        Crypto.System = Crypto.Added;

        Assert.That(Verify(Good).IsTrusted);

        Crypto.Api.DidNotReceiveWithAnyArgs().CertCreateCertificateChainEngine(default!, default, default, out _);
    }

    [Test]
    public void Verify_SystemLacksTheAnchor_TrustsTheAddedOne() => Assert.That(Verify(Good).VerifiedPath, Is.EqualTo(new[] { Server, Intermediate, Root }));

    [TestCase(0x4000000u)]
    [TestCase(0x4u)]
    public void Verify_SystemDistrustsTheChain_AsksNoOtherEngine(uint distrust)
    {
        Crypto.System = Crypto.System with { Status = PartialChain | distrust };

        Assert.That(Verify(Good).IsTrusted, Is.False);

        Crypto.Api.DidNotReceiveWithAnyArgs().CertCreateCertificateChainEngine(default!, default, default, out _);
    }

    [Test]
    public void Verify_BothEnginesSayNo_ReportsTheSystemsAnswerFirst()
    {
        Crypto.Added = Crypto.Added with { PolicyError = 0x800B010F };

        var failures = Verify(Good).Failures;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.IssuerNotFound, FailureReason.HostnameMismatch }));
            Assert.That(failures[1].Message, Does.StartWith("with the added anchors: "));
        }
    }

    [Test]
    public void Verify_SystemAnchorsLeftOut_NeverAsksTheSystemsEngine()
    {
        Crypto.System = Crypto.Added;
        Crypto.Added = Crypto.Added with { Status = UntrustedRoot };

        Assert.That(Verify(Good with { UseSystemAnchors = false }).Failures[0].Reason, Is.EqualTo(FailureReason.UntrustedRoot));
    }

    [Test]
    public void Verify_TrustedPathEndsAtAnAnchorThatDoesNotCount_IsRejected()
    {
        Crypto.Added = ScriptedChain.Good(Chains[ContractChains.OtherServer]);
        var request = Good with { PeerChain = [new PeerCertificate(Chains[ContractChains.OtherServer][0].RawData.Span)], UseSystemAnchors = false };

        Assert.That(Verify(request).Failures.Single().Reason, Is.EqualTo(FailureReason.UntrustedRoot));
    }

    [Test]
    public void Verify_TrustedPathOfAnotherCertificate_IsRejected()
    {
        Crypto.System = ScriptedChain.Good(Chains[ContractChains.OtherServer]);

        Assert.That(Verify(Good).Failures.Single().Reason, Is.EqualTo(FailureReason.Other));
    }

    [Test]
    public void Verify_TrustedPathWithoutCertificates_IsRejected()
    {
        Crypto.System = ScriptedChain.Good();

        Assert.That(Verify(Good with { AddedAnchors = TrustAnchorCollection.Empty }).Failures.Single().Reason, Is.EqualTo(FailureReason.Other));
    }

    [TestCase(ContractChains.WeakKey, TlsVerifyFlags.None, FailureReason.WeakKey)]
    [TestCase(ContractChains.CommonNameOnly, TlsVerifyFlags.None, FailureReason.HostnameMismatch)]
    [TestCase(ContractChains.NoAuthorityKeyIdentifier, TlsVerifyFlags.X509Strict, FailureReason.NonConformingCertificate)]
    public void Verify_TrustedPathThatBreaksARuleOfCore_IsRejected(string chain, TlsVerifyFlags flags, FailureReason reason)
    {
        Crypto.System = ScriptedChain.Good(Chains[chain]);

        Assert.That(Verify(Chains.Request(Chains.Sent(chain)) with { UseSystemAnchors = true, VerifyFlags = flags }).Failures[0].Reason, Is.EqualTo(reason));
    }

    [TestCase(TlsVerifyFlags.None, false, 0x2004u)]
    [TestCase(TlsVerifyFlags.None, true, 0u)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf, false, 0x90002004u)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf, true, 0x10000000u)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, false, 0xC0002004u)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, true, 0x40000000u)]
    public void Verify_VerifyFlagsAndNetwork_BecomeFlagsOfTheChain(TlsVerifyFlags flags, bool allowNetwork, uint expected)
    {
        Verify(Good with { VerifyFlags = flags, AllowNetwork = allowNetwork });

        Crypto.Api.Received().CertGetCertificateChain(Arg.Any<SafeChainEngineHandle>(), Arg.Any<SafeCertificateHandle>(), Arg.Any<SafeStoreHandle>(), Arg.Is<ChainQuestion>(q => q.Flags == expected), out _);
    }

    [TestCase(true, ContractPki.Host)]
    [TestCase(false, null)]
    public void Verify_CheckHostname_DecidesWhetherThePolicyGetsTheName(bool checkHostname, string? name)
    {
        Verify(Good with { CheckHostname = checkHostname });

        Crypto.Api.Received().CertVerifyCertificateChainPolicy(Arg.Any<SafeChainHandle>(), true, name, 0, out _, out _);
    }

    [Test]
    public void Verify_AnchorThatIsRejectedForThePurpose_IsDistrusted()
    {
        Crypto.System = Crypto.Added;
        var anchors = new TrustAnchorCollection([new TrustAnchor(Root, rejectedUsages: ["1.3.6.1.5.5.7.3.1"])]);

        Assert.That(Verify(Good with { AddedAnchors = anchors }).Failures.Single().Reason, Is.EqualTo(FailureReason.Distrusted));
    }
}
