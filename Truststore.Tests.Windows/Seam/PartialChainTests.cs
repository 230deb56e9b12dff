using NSubstitute;
using Truststore.Platform.Windows.Interop;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>Added certificates that are not self-issued, as anchors.</summary>
internal sealed class PartialChainTests : SeamFixture
{
    private static ChainVerificationRequest Request => Good with
    {
        UseSystemAnchors = false,
        AddedAnchors = ContractChains.Anchors(Intermediate),
        VerifyFlags = TlsVerifyFlags.X509PartialChain,
    };

    [TestCase(0u, PartialChain, 0x800B010Au, null, Description = "the chain ends at the anchor")]
    [TestCase(0u, PartialChain, 0u, null, Description = "Wine's policy passes partial chains")]
    [TestCase(0u, PartialChain, 0x800B010Fu, FailureReason.HostnameMismatch)]
    [TestCase(0x1u, PartialChain, 0u, FailureReason.IssuerNotFound, Description = "the end-entity has expired too")]
    [TestCase(0x8u, PartialChain, 0u, FailureReason.InvalidSignature)]
    [TestCase(0u, PartialChain | 0x4u, 0u, FailureReason.Revoked, Description = "what no certificate explains counts")]
    public void Verify_IntermediateIsAnAnchor_EndsThere(uint endEntityStatus, uint chainStatus, uint policyError, FailureReason? expected)
    {
        Crypto.Added = new ScriptedChain((Server, endEntityStatus), (Intermediate, 0u)) { Status = chainStatus, PolicyError = policyError };

        var result = Verify(Request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failures.Select(f => f.Reason).FirstOrDefault(), Is.EqualTo(expected.GetValueOrDefault()));
            Assert.That(result.VerifiedPath, expected is null ? Is.EqualTo(new[] { Server, Intermediate }) : Is.Empty);
        }
    }

    [Test]
    public void Verify_IssuerAboveTheAnchorIsUntrusted_DoesNotMatter()
    {
        Crypto.Added = new ScriptedChain((Server, 0u), (Intermediate, 0u), (Root, UntrustedRoot)) { PolicyError = 0x800B0109 };

        Assert.That(Verify(Request).VerifiedPath, Is.EqualTo(new[] { Server, Intermediate }));
    }

    [Test]
    public void Verify_WithoutTheFlag_IsRejected()
    {
        Crypto.Added = new ScriptedChain((Server, 0u), (Intermediate, 0u)) { Status = PartialChain };

        Assert.That(Verify(Request with { VerifyFlags = TlsVerifyFlags.None }).Failures[0].Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [TestCase(CertChainEngineConfig.Windows7Size, new[] { CertChainEngineConfig.Windows8Size, CertChainEngineConfig.Windows7Size })]
    [TestCase(CertChainEngineConfig.Windows8Size, new[] { CertChainEngineConfig.Windows8Size })]
    public void Verify_IntermediateIsAnAnchor_TriesTheNewerConfigurationFirst(uint largest, uint[] expected)
    {
        Crypto.LargestConfig = largest;
        Verify(Request);

        Assert.That(Crypto.Api.ReceivedCalls().Where(c => c.GetMethodInfo().Name is nameof(ICryptoApi.CertCreateCertificateChainEngine)).Select(c => (uint)c.GetArguments()[1]!), Is.EqualTo(expected));
    }

    [Test]
    public void Verify_RootIsAnAnchor_UsesTheConfigurationThatAllSystemsKnow()
    {
        Verify(Good);

        Crypto.Api.Received(1).CertCreateCertificateChainEngine(Arg.Any<SafeStoreHandle>(), CertChainEngineConfig.Windows7Size, 0, out _);
    }
}
