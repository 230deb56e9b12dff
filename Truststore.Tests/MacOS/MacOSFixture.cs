using Truststore.Platform.MacOS;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>A test of the verifier for macOS over the stand-in; at its end everything must be released and nothing misused.</summary>
internal abstract class MacOSFixture
{
    private StandIn? _standIn;

    protected static ContractPki Pki => ContractPki.Instance;

    /// <summary>A chain that is trusted by an added root.</summary>
    protected static ChainVerificationRequest Good => ContractPki.Request(Pki.Server.ServerChain);

    protected StandIn StandIn => _standIn ?? throw new InvalidOperationException("The test has not started.");

    [SetUp]
    public void Start()
    {
        _standIn = new StandIn();
        Arrange(_standIn);
    }

    [TearDown]
    public void EverythingIsReleased()
    {
        if (_standIn is not null)
        {
            _standIn.AssertClean(StandIn.Arranged);
            _standIn.Reset();
        }
    }

    protected virtual void Arrange(StandIn standIn)
    {
    }

    protected static ChainVerificationResult Verify(ChainVerificationRequest request) => new MacOSChainVerifier().Verify(request);

    protected static void AssertRejected(ChainVerificationResult result, FailureReason reason, int? nativeCode, string text = "")
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsTrusted, Is.False);
            Assert.That(result.VerifiedPath, Is.Empty);
            Assert.That(result.Failures, Is.Not.Empty);
            Assert.That(result.Failures[0].Reason, Is.EqualTo(reason), result.Failures[0].Message);
            Assert.That(result.Failures[0].NativeCode, Is.EqualTo(nativeCode));
            Assert.That(result.Failures[0].Message, Does.Contain(text));
        }
    }
}
