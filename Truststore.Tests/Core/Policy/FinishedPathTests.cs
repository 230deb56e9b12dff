using Truststore.Cli.Demo;
using Truststore.Policy;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Core.Policy;

/// <summary>What Core has to say of a path that an operating system trusts already.</summary>
internal sealed class FinishedPathTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("in order", s_pki.Server, null, -1);
        yield return Case("for another host", s_pki.Issue(s => s with { DnsNames = ["other.example.com"] }), FailureReason.HostnameMismatch, 0);
        yield return Case("expired", s_pki.Issue(s => s with { NotAfter = ContractPki.Now.AddDays(-1), NotBefore = ContractPki.Now.AddDays(-2) }), FailureReason.Expired, 0);
        yield return Case("for clients only", s_pki.Issue(s => s with { ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.2"] }), FailureReason.InvalidExtendedKeyUsage, 0);
    }

    [TestCaseSource(nameof(Cases))]
    public void Judge_PathThatTheSystemTrusts_StillFollowsTheProfile(IssuedCertificate server, FailureReason? expected, int index)
    {
        var result = FinishedPath.Judge(ContractPki.Request(server), Path(server));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsTrusted, Is.EqualTo(expected is null));
            Assert.That(result.Failures.Select(f => (FailureReason?)f.Reason).FirstOrDefault(), Is.EqualTo(expected));
            Assert.That(result.Failures.Select(f => f.CertificateIndex).FirstOrDefault(-1), Is.EqualTo(index));
            Assert.That(result.Path, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public void Judge_MalformedIntermediate_IsRejectedWithItsIndex()
    {
        ReadOnlyMemory<byte>[] path = [s_pki.Server.Der, new byte[] { 0x30, 0x00 }, s_pki.Ca.Root.Der];

        var failure = FinishedPath.Judge(ContractPki.Request(s_pki.Server), path).Failures.Single();

        Assert.That((failure.Reason, failure.CertificateIndex), Is.EqualTo((FailureReason.MalformedCertificate, 1)));
    }

    [Test]
    public void Judge_OnlyTheStrictProfileObjects_IsTrustedInTheCompatibleOne()
    {
        var server = s_pki.Issue(s => s with { DnsNames = [ContractPki.Host, "under_score.example.com"] });
        var request = ContractPki.Request(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(FinishedPath.Judge(request, Path(server)).IsTrusted, Is.True);
            Assert.That(FinishedPath.Judge(request with { VerifyFlags = TlsVerifyFlags.X509Strict }, Path(server)).Failures.Select(f => f.Reason), Does.Contain(FailureReason.NonConformingCertificate));
        }
    }

    [Test]
    public void Judge_RuleAboutTheWholePath_IsApplied()
    {
        var now = ContractPki.Now;
        using var authority = s_pki.Ca.Intermediate.Issue(CertificateSpec.Authority("Below the limit", now.AddDays(-1), now.AddDays(1)));
        using var server = authority.Issue(s_pki.Ca.ServerSpec(ContractPki.Host));

        var result = FinishedPath.Judge(ContractPki.Request(server), [server.Der, authority.Der, s_pki.Ca.Intermediate.Der, s_pki.Ca.Root.Der]);

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo([FailureReason.PathLengthExceeded]));
    }

    [TestCase(TlsVerifyFlags.None, false, null)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf, false, FailureReason.RevocationStatusUnknown)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf, true, null)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, false, FailureReason.RevocationStatusUnknown)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, true, null)]
    public void Confirm_EndEntityCertificateIsTheAnchor_RequiresAnAnswerAboutItsRevocation(
        TlsVerifyFlags flags, bool isKnown, FailureReason? expected)
    {
        using var server = IssuedCertificate.SelfSigned(s_pki.Ca.ServerSpec(ContractPki.Host));

        var result = FinishedPath.Confirm(ContractPki.Request(server) with { VerifyFlags = flags }, [server.Der], isKnown);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failures.Select(f => (FailureReason?)f.Reason).FirstOrDefault(), Is.EqualTo(expected));
            Assert.That(result.Failures.Select(f => f.CertificateIndex), Is.All.Zero);
        }
    }

    /// <summary>With an issuer above it the operating system was asked, and has said yes.</summary>
    [Test]
    public void Confirm_EndEntityCertificateHasAnIssuer_TakesTheAnswerOfTheOperatingSystem()
    {
        var request = ContractPki.Request(s_pki.Server) with { VerifyFlags = TlsVerifyFlags.CrlCheckChain };

        Assert.That(FinishedPath.Confirm(request, Path(s_pki.Server)).IsTrusted, Is.True);
    }

    private static ReadOnlyMemory<byte>[] Path(IssuedCertificate server) => [server.Der, s_pki.Ca.Intermediate.Der, s_pki.Ca.Root.Der];

    private static TestCaseData Case(string name, IssuedCertificate server, FailureReason? expected, int index) =>
        new TestCaseData(server, expected, index).SetArgDisplayNames(name);
}
