using NSubstitute;
using Truststore.Platform.Windows.Interop;
using Truststore.Platform.Windows.Trust;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>What becomes of CryptoAPI's answers.</summary>
internal sealed class VerdictTests : SeamFixture
{
    /// <summary>dwErrorStatus of CERT_TRUST_STATUS (wincrypt.h): what each bit means, and the HRESULT it is reported by.</summary>
    private static IEnumerable<TestCaseData> Bits()
    {
        yield return Bit(0x8, FailureReason.InvalidSignature, 0x80096004); // CERT_TRUST_IS_NOT_SIGNATURE_VALID
        yield return Bit(0x4000000, FailureReason.Distrusted, 0x800B0111); // CERT_TRUST_IS_EXPLICIT_DISTRUST
        yield return Bit(0x4, FailureReason.Revoked, 0x80092010); // CERT_TRUST_IS_REVOKED
        yield return Bit(0x20, FailureReason.UntrustedRoot, 0x800B0109); // CERT_TRUST_IS_UNTRUSTED_ROOT
        yield return Bit(0x10000, FailureReason.IssuerNotFound, 0x800B010A); // CERT_TRUST_IS_PARTIAL_CHAIN
        yield return Bit(0x80, FailureReason.IssuerNotFound, 0x800B010A); // CERT_TRUST_IS_CYCLIC
        yield return Bit(0x400, FailureReason.NotACertificationAuthority, 0x80096019); // CERT_TRUST_INVALID_BASIC_CONSTRAINTS
        yield return Bit(0x1, FailureReason.Expired, 0x800B0101); // CERT_TRUST_IS_NOT_TIME_VALID
        yield return Bit(0x10, FailureReason.InvalidExtendedKeyUsage, 0x800B0110); // CERT_TRUST_IS_NOT_VALID_FOR_USAGE
        yield return Bit(0x8000, FailureReason.NameConstraintViolation, 0x800B0114); // CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT
        yield return Bit(0x4000, FailureReason.NameConstraintViolation, 0x800B0114); // CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT
        yield return Bit(0x2000, FailureReason.NameConstraintViolation, 0x800B0114); // CERT_TRUST_HAS_NOT_DEFINED_NAME_CONSTRAINT
        yield return Bit(0x1000, FailureReason.NameConstraintViolation, 0x800B0114); // CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT
        yield return Bit(0x800, FailureReason.NameConstraintViolation, 0x800B0114); // CERT_TRUST_INVALID_NAME_CONSTRAINTS
        yield return Bit(0x8000000, FailureReason.UnknownCriticalExtension, 0x800B0105); // CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT
        yield return Bit(0x100, FailureReason.MalformedExtension, 0x800B0105); // CERT_TRUST_INVALID_EXTENSION
        yield return Bit(0x200, FailureReason.PolicyViolation, 0x800B0113); // CERT_TRUST_INVALID_POLICY_CONSTRAINTS
        yield return Bit(0x2000000, FailureReason.PolicyViolation, 0x800B0113); // CERT_TRUST_NO_ISSUANCE_CHAIN_POLICY
        yield return Bit(0x100000, FailureReason.WeakSignatureAlgorithm, 0x80096004); // CERT_TRUST_HAS_WEAK_SIGNATURE
        yield return Bit(0x200000, FailureReason.WeakSignatureAlgorithm, 0x80096004); // CERT_TRUST_HAS_WEAK_HYGIENE
        yield return Bit(0x40, FailureReason.RevocationStatusUnknown, 0x80092012); // CERT_TRUST_REVOCATION_STATUS_UNKNOWN
        yield return Bit(0x1000000, FailureReason.RevocationStatusUnknown, 0x80092013); // CERT_TRUST_IS_OFFLINE_REVOCATION
    }

    /// <summary>dwError of CERT_CHAIN_POLICY_STATUS (winerror.h).</summary>
    private static IEnumerable<TestCaseData> Codes()
    {
        yield return Code(0x800B0101, FailureReason.Expired); // CERT_E_EXPIRED
        yield return Code(0x800B0103, FailureReason.NotACertificationAuthority); // CERT_E_ROLE
        yield return Code(0x800B0104, FailureReason.PathLengthExceeded); // CERT_E_PATHLENCONST
        yield return Code(0x800B0105, FailureReason.UnknownCriticalExtension); // CERT_E_CRITICAL
        yield return Code(0x800B0106, FailureReason.InvalidExtendedKeyUsage); // CERT_E_PURPOSE
        yield return Code(0x800B0107, FailureReason.IssuerNotFound); // CERT_E_ISSUERCHAINING
        yield return Code(0x800B0108, FailureReason.MalformedCertificate); // CERT_E_MALFORMED
        yield return Code(0x800B0109, FailureReason.UntrustedRoot); // CERT_E_UNTRUSTEDROOT
        yield return Code(0x800B010A, FailureReason.IssuerNotFound); // CERT_E_CHAINING
        yield return Code(0x800B010C, FailureReason.Revoked); // CERT_E_REVOKED
        yield return Code(0x800B010D, FailureReason.UntrustedRoot); // CERT_E_UNTRUSTEDTESTROOT
        yield return Code(0x800B010E, FailureReason.RevocationStatusUnknown); // CERT_E_REVOCATION_FAILURE
        yield return Code(0x800B010F, FailureReason.HostnameMismatch); // CERT_E_CN_NO_MATCH
        yield return Code(0x800B0110, FailureReason.InvalidExtendedKeyUsage); // CERT_E_WRONG_USAGE
        yield return Code(0x800B0111, FailureReason.Distrusted); // TRUST_E_EXPLICIT_DISTRUST
        yield return Code(0x800B0112, FailureReason.UntrustedRoot); // CERT_E_UNTRUSTEDCA
        yield return Code(0x800B0113, FailureReason.PolicyViolation); // CERT_E_INVALID_POLICY
        yield return Code(0x800B0114, FailureReason.NameConstraintViolation); // CERT_E_INVALID_NAME
        yield return Code(0x80096004, FailureReason.InvalidSignature); // TRUST_E_CERT_SIGNATURE
        yield return Code(0x80096019, FailureReason.NotACertificationAuthority); // TRUST_E_BASIC_CONSTRAINTS
        yield return Code(0x80092010, FailureReason.Revoked); // CRYPT_E_REVOKED
        yield return Code(0x80092011, FailureReason.RevocationStatusUnknown); // CRYPT_E_NO_REVOCATION_DLL
        yield return Code(0x80092012, FailureReason.RevocationStatusUnknown); // CRYPT_E_NO_REVOCATION_CHECK
        yield return Code(0x80092013, FailureReason.RevocationStatusUnknown); // CRYPT_E_REVOCATION_OFFLINE
        yield return Code(0x80092014, FailureReason.RevocationStatusUnknown); // CRYPT_E_NOT_IN_REVOCATION_DATABASE
        yield return Code(0x80090008, FailureReason.UnsupportedSignatureAlgorithm); // NTE_BAD_ALGID
        yield return Code(0x80092002, FailureReason.MalformedCertificate); // CRYPT_E_BAD_ENCODE
        yield return Code(0x80093100, FailureReason.MalformedCertificate); // CRYPT_E_ASN1_ERROR, the first of those of ASN.1
        yield return Code(0x8009310B, FailureReason.MalformedCertificate); // CRYPT_E_ASN1_BADTAG
        yield return Code(0x800931FF, FailureReason.MalformedCertificate);
        yield return Code(0x800930FF, FailureReason.Other);
        yield return Code(0x80093200, FailureReason.Other);
        yield return Code(0x800B01FF, FailureReason.Other);
    }

    [Test]
    public void Verify_BitsAndCodesThatHaveAReason_AreThoseOfTheTests()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StatusMapping.Bits.Select(meaning => meaning.Bit), Is.EquivalentTo(Bits().Select(data => data.Arguments[0])));
            Assert.That(StatusMapping.Codes.Keys, Is.SubsetOf(Codes().Select(data => data.Arguments[0])));
        }
    }

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

    /// <summary>The order of the bits above is that of their gravity; a code is reported once.</summary>
    [Test]
    public void Verify_AllBitsOfTheTrustStatus_AreReportedTheGravestFirst()
    {
        var bits = Bits().Select(data => (uint)data.Arguments[0]!).ToList();
        Crypto.Added = new ScriptedChain((Server, bits.Aggregate((all, bit) => all | bit)), (Intermediate, 0u), (Root, 0u));

        var failures = Verify(Good with { UseSystemAnchors = false }).Failures;

        var expected = Bits().DistinctBy(data => data.Arguments[2]).Select(data => ((FailureReason)data.Arguments[1]!, (int?)data.Arguments[2])).ToList();
        Assert.That(failures.Take(expected.Count).Select(f => (f.Reason, f.NativeCode)), Is.EqualTo(expected));
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

    private static TestCaseData Bit(uint bit, FailureReason reason, uint code) =>
        new TestCaseData(bit, reason, unchecked((int)code)).SetArgDisplayNames($"0x{bit:X}");

    private static TestCaseData Code(uint code, FailureReason reason) =>
        new TestCaseData(unchecked((int)code), reason).SetArgDisplayNames($"0x{code:X}");
}
