using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Verification;

/// <summary>What a peer writes into its certificates gets into messages and from there into logs: no more than a little of it.</summary>
internal sealed class VerificationFailureTests
{
    [TestCase(1000, 1000)]
    [TestCase(1001, 1001)]
    [TestCase(250_000, 1001)]
    public void Message_LongText_IsCutOff(int length, int expected)
    {
        var failure = new VerificationFailure(FailureReason.Other, new string('x', length));

        Assert.That(failure.Message, Has.Length.EqualTo(expected).And.EndsWith(length > 1000 ? "x…" : "x"));
    }

    [Test]
    public void Message_CutWithinASurrogatePair_LeavesNoHalf() =>
        Assert.That(new VerificationFailure(FailureReason.Other, new string('x', 999) + "\U0001F600").Message, Is.EqualTo(new string('x', 999) + "…"));

    [Test]
    public void Write_LongSubject_IsCutOff()
    {
        var certificate = CertificateInfo.Parse(ForgedCertificate.Root(new string('x', 100_000)).Encoded);
        var request = new ChainVerificationRequest { PeerChain = [new PeerCertificate(certificate.RawData.Span)], VerificationTime = default };
        var result = ChainVerificationResult.Rejected(request, [new VerificationFailure(FailureReason.Other, "no.", 0)], [certificate]);

        Assert.That(VerificationExplanation.Write(result), Has.Length.LessThan(1000).And.Contain("(certificate 0: CN=xxx"));
    }
}
