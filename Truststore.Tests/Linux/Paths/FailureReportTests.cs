using Truststore.Cli.Demo;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Linux.Paths;

/// <summary>What is said where there is no path.</summary>
internal sealed class FailureReportTests
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    [TestCase(true)]
    [TestCase(false)]
    public void Verify_EndEntityCertificateIsAnAnchorForOtherPurposes_SaysThatTheStoreDoesNotTrustIt(bool selfSigned)
    {
        var spec = CertificateSpec.Server(ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1), ContractPki.Host);
        using var server = selfSigned ? IssuedCertificate.SelfSigned(spec) : ContractPki.Instance.Ca.Issue(spec);

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(server) with
        {
            AddedAnchors = new TrustAnchorCollection([new TrustAnchor(server.Info, trustedUsages: [ClientAuthentication])]),
            VerifyFlags = TlsVerifyFlags.X509PartialChain,
        });

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo(new[] { FailureReason.Distrusted }));
    }
}
