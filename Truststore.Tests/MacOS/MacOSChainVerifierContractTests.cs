using Truststore.Platform.MacOS;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>The contract of verifiers, held by the one for macOS: on macOS over Apple's frameworks, elsewhere over the stand-in for them.</summary>
internal sealed class MacOSChainVerifierContractTests : ChainVerifierContract
{
    private StandIn? _standIn;

    protected override IChainVerifier Verifier { get; } = new MacOSChainVerifier();

    [SetUp]
    public void Start() => _standIn = OperatingSystem.IsMacOS() ? null : new StandIn();

    [TearDown]
    public void EverythingIsReleased() => _standIn?.AssertClean();

    /// <summary>Since macOS 10.15 a TLS server's certificate must have the extended key usage (support.apple.com/HT210176; SecPolicyServer.c:2255).</summary>
    protected override FailureReason? Adapt(string testName, FailureReason? expected) =>
        OperatingSystem.IsMacOS() && testName.Contains("no extended key usage", StringComparison.Ordinal) ? FailureReason.InvalidExtendedKeyUsage : expected;
}
