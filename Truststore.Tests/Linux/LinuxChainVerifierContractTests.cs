using Truststore.Tests.Contract;

namespace Truststore.Tests.Linux;

/// <summary>The contract of verifiers, held by the one for Linux.</summary>
internal sealed class LinuxChainVerifierContractTests : ChainVerifierContract
{
    protected override IChainVerifier Verifier { get; } = LinuxVerifiers.WithoutSystemAnchors;
}
