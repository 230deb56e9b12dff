using Truststore.Platform.Windows;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>The verifier over a substituted CryptoAPI, which trusts the contract's chain by its added anchor and not by the system's.</summary>
internal abstract class SeamFixture
{
    protected const uint UntrustedRoot = 0x20;
    protected const uint PartialChain = 0x10000;

    protected SeamFixture()
    {
        Verifier = new WindowsChainVerifier(Crypto.Api, Clock);
        Crypto.System = ScriptedChain.Good(Server, Intermediate) with { Status = PartialChain, PolicyError = 0x800B010A };
        Crypto.Added = ScriptedChain.Good(Server, Intermediate, Root);
    }

    protected static CertificateInfo Server => Chains[ContractChains.Server][0];

    protected static CertificateInfo Intermediate => Chains[ContractChains.Server][1];

    protected static CertificateInfo Root => Chains[ContractChains.Server][2];

    protected static ContractChains Chains => ContractChains.Instance;

    /// <summary>The contract's chain, the system's anchors and the contract's root.</summary>
    protected static ChainVerificationRequest Good => Chains.Request(Server, Intermediate) with { UseSystemAnchors = true };

    protected FakeCryptoApi Crypto { get; } = new();

    protected ManualTimeProvider Clock { get; } = new(ContractPki.Now);

    protected IChainVerifier Verifier { get; }

    protected ChainVerificationResult Verify(ChainVerificationRequest request) => Verifier.Verify(request);
}
