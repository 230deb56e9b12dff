using Truststore.Platform.MacOS;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>The contract of verifiers, held by the one for macOS over the stand-in for Apple's frameworks.</summary>
internal sealed class MacOSChainVerifierContractTests : ChainVerifierContract
{
    private StandIn? _standIn;

    protected override IChainVerifier Verifier { get; } = new MacOSChainVerifier();

    [SetUp]
    public void Start() => _standIn = new StandIn();

    [TearDown]
    public void EverythingIsReleased() => _standIn?.AssertClean();
}
