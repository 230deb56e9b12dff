using Truststore.Tests.Forging;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Policy;

/// <summary>Which extensions may be critical (RFC 5280 §4.2).</summary>
internal sealed class CriticalExtensionsRuleTests
{
    private const string CrlDistributionPoints = "2.5.29.31";
    private const string FreshestCrl = "2.5.29.46";

    private static byte[] DistributionPoints => Der.Sequence(Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, Der.Tagged(6, "http://crl.example.com/"u8)))));

    [TestCase(CrlDistributionPoints, true, null)]
    [TestCase(FreshestCrl, false, null)]
    [TestCase(FreshestCrl, true, FailureReason.UnknownCriticalExtension, Description = "Delta CRLs are not processed.")]
    public void Check_DistributionPoints_MayBeCriticalWhereTheyAreProcessed(string oid, bool isCritical, FailureReason? expected)
    {
        byte[][] extensions = [ForgedCertificate.Extension(oid, isCritical, DistributionPoints)];
        var root = ForgedCertificate.Root("Root");
        var intermediate = root.Issue(new ForgedSpec { Subject = Der.CommonName("CA"), Extensions = extensions });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason([root.Issue(ForgedCertificate.ServerSpec() with { Extensions = extensions })], root), Is.EqualTo(expected), "end-entity");
            Assert.That(Reason([intermediate.Issue(ForgedCertificate.ServerSpec()), intermediate], root), Is.EqualTo(expected), "intermediate");
        }
    }

    private static FailureReason? Reason(IEnumerable<ForgedCertificate> chain, ForgedCertificate root) =>
        LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request(chain, root)).Failures is [var failure, ..] ? failure.Reason : null;
}
