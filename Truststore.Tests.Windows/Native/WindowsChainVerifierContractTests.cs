using Truststore.Platform.Windows;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Native;

/// <summary>The contract of verifiers, held by the one for Windows over crypt32.</summary>
internal sealed class WindowsChainVerifierContractTests : ChainVerifierContract
{
    protected override IChainVerifier Verifier { get; } = new WindowsChainVerifier();

    /// <summary>Wine's SSL policy compares a server name with DNS names only, so that an address never matches.</summary>
    protected override FailureReason? Adapt(string testName, FailureReason? expected) =>
        Wine.IsRunning && (testName.Contains("IPv4 address", StringComparison.Ordinal) || testName.Contains("IPv6 address", StringComparison.Ordinal)) ? FailureReason.HostnameMismatch : expected;
}
