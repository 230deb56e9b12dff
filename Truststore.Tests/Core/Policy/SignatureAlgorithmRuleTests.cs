using Truststore.Policy;
using Truststore.Tests.Forging;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Policy;

/// <summary>Signature algorithms whose digest can be forged.</summary>
internal sealed class SignatureAlgorithmRuleTests
{
    private const string EcdsaWithSha1 = "1.2.840.10045.4.1";

    [TestCase("1.2.840.113549.1.1.2", TestName = "Verify_SignedWithMd2_IsWeakAndNotUnsupported")]
    [TestCase("1.2.840.113549.1.1.4", TestName = "Verify_SignedWithMd5_IsWeakAndNotUnsupported")]
    [TestCase("1.2.840.113549.1.1.5", TestName = "Verify_SignedWithSha1AndRsa_IsWeakAndNotUnsupported")]
    [TestCase(EcdsaWithSha1, TestName = "Verify_SignedWithSha1AndEcdsa_IsWeakAndNotUnsupported")]
    public void Verify_WeakSignatureAlgorithm_IsWeakAndNotUnsupported(string oid)
    {
        var root = ForgedCertificate.Root("Root");

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([root.Issue(Server(oid))], root));

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.WeakSignatureAlgorithm }));
    }

    [Test]
    public void Verify_IntermediateWithAWeakSignature_IsWeakAndNotUnsupported()
    {
        var root = ForgedCertificate.Root("Root");
        var intermediate = root.Issue(new ForgedSpec { Subject = Der.CommonName("CA"), Signature = Server(EcdsaWithSha1).Signature });

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([intermediate.Issue(ForgedCertificate.ServerSpec()), intermediate], root));

        Assert.That(result.Failures.Select(f => (f.Reason, f.CertificateIndex)), Is.EqualTo(new[] { (FailureReason.WeakSignatureAlgorithm, 1) }));
    }

    [Test]
    public void Verify_UnknownSignatureAlgorithm_IsUnsupported()
    {
        var root = ForgedCertificate.Root("Root");

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([root.Issue(Server("1.3.6.1.4.1.99999.1"))], root));

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.UnsupportedSignatureAlgorithm }));
    }

    [Test]
    public void Verify_EndEntityCertificateIsAnAnchor_ItsOwnSignatureIsNotAskedFor()
    {
        var server = ForgedCertificate.Root(Server(EcdsaWithSha1));
        var request = ForgedCertificate.Request([server], server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures, Is.Empty);
            Assert.That(FinishedPath.Judge(request, [server.Encoded]).Failures, Is.Empty);
        }
    }

    [Test]
    public void Verify_EndEntityCertificateIsNoAnchor_ItsOwnSignatureIsAskedFor()
    {
        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([ForgedCertificate.Root(Server(EcdsaWithSha1))], ForgedCertificate.Root("Root")));

        Assert.That(result.Failures.Select(f => f.Reason), Does.Contain(FailureReason.WeakSignatureAlgorithm));
    }

    private static ForgedSpec Server(string signatureAlgorithm) =>
        ForgedCertificate.ServerSpec() with { Signature = (Der.Sequence(Der.ObjectIdentifier(signatureAlgorithm)), new byte[64]) };
}
