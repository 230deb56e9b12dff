using Truststore.Platform.MacOS;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>The contract of verifiers, held by the one for macOS over Apple's frameworks.</summary>
[Platform("MacOsX", Reason = "The frameworks are Apple's; the stand-in serves elsewhere.")]
internal sealed class MacOSFrameworksContractTests : ChainVerifierContract
{
    protected override IChainVerifier Verifier { get; } = new MacOSChainVerifier();

    /// <summary>Since macOS 10.15 a TLS server's certificate must have the extended key usage (support.apple.com/HT210176; SecPolicyServer.c:2255).</summary>
    protected override FailureReason? Adapt(string testName, FailureReason? expected) =>
        testName.Contains("no extended key usage", StringComparison.Ordinal) ? FailureReason.InvalidExtendedKeyUsage : expected;
}
