using Truststore.Cli.Demo;
using Truststore.Tests.Contract;

namespace Truststore.Tests.MacOS;

/// <summary>SecTrust says that an issuer is missing and gives no more than the peer's certificate; what is at hand tells why.</summary>
internal sealed class DeadEndTests : MacOSFixture
{
    private const int CreateChainFailed = -25318;

    protected override void Arrange(StandIn standIn)
    {
        standIn.Fail("SecTrustEvaluateWithError", 1, CreateChainFailed);
        standIn.Fail("SecTrustCopyCertificateChain");
    }

    [Test]
    public void Verify_SoundIssuerNotTaken_SaysSo() =>
        AssertRejected(Verify(Good), FailureReason.IssuerNotFound, CreateChainFailed, "none of the certificates at hand that are named 'CN=Contract Intermediate CA'");

    [Test]
    public void Verify_NoIssuerAtHand_SaysSo() =>
        AssertRejected(Verify(ContractPki.Request(Pki.Server)), FailureReason.IssuerNotFound, CreateChainFailed, "its issuer 'CN=Contract Intermediate CA' was neither sent");

    [Test]
    public void Verify_IssuerIsNoAuthority_SaysSo()
    {
        var issuedByServer = Pki.Ca.Keep(Pki.Server.Issue(Pki.Ca.ServerSpec(ContractPki.Host)));

        var result = Verify(ContractPki.Request(issuedByServer.ServerChain));

        AssertRejected(result, FailureReason.NotACertificationAuthority, CreateChainFailed);
        Assert.That(result.Path, Is.EqualTo(new[] { issuedByServer.Info, Pki.Server.Info }));
    }

    [TestCase(2048)]
    [TestCase(0)]
    public void Verify_ForgedSignature_SaysSo(int rsaBits)
    {
        using var ca = new ThrowAwayCa(ContractPki.Now, "Forged", rsaBits > 0 ? KeySpec.Rsa(rsaBits) : null);
        var server = ca.IssueServer(ContractPki.Host).Der.ToArray();
        server[^1] ^= 1;

        AssertRejected(Verify(Good with { PeerChain = PeerCertificate.CreateChain(server, ca.Intermediate.Der) }), FailureReason.InvalidSignature, CreateChainFailed);
    }

    [Test]
    public void Verify_ManyIssuersOfOneName_AreNotAllTried()
    {
        var twins = Enumerable.Range(0, 20).Select(_ => Pki.Ca.Keep(Pki.OtherCa.Root.Issue(CertificateSpec.Authority("Contract Intermediate CA", ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1)))));

        AssertRejected(Verify(ContractPki.Request([Pki.Server, .. twins])), FailureReason.IssuerNotFound, CreateChainFailed, "none of the certificates at hand");
    }
}
