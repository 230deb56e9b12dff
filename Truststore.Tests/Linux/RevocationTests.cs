using Truststore.Cli.Demo;
using Truststore.Platform.Linux;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux;

/// <summary>Revocation lists that a program gives: what they do with and without the flags that ask for them.</summary>
internal sealed class RevocationTests
{
    private static readonly DateTimeOffset s_now = ContractPki.Now;

    private static ContractPki Pki => ContractPki.Instance;

    private static IEnumerable<TestCaseData> Cases()
    {
        var server = Pki.Server;
        var intermediate = Pki.Ca.Intermediate;
        var clean = Crl(intermediate);
        var revoked = Crl(intermediate, server);
        var rootClean = Crl(Pki.Ca.Root);
        var rootRevoked = Crl(Pki.Ca.Root, intermediate);
        var stale = Parse(intermediate.CreateRevocationList(s_now.AddDays(-3), s_now.AddDays(-2), server));
        var future = Parse(intermediate.CreateRevocationList(s_now.AddDays(1), s_now.AddDays(2), server));
        var forged = Crl(Pki.OtherCa.Intermediate, server);
        const TlsVerifyFlags none = TlsVerifyFlags.None;
        const TlsVerifyFlags leaf = TlsVerifyFlags.CrlCheckLeaf;
        const TlsVerifyFlags chain = TlsVerifyFlags.CrlCheckChain;

        yield return Case("no flag, no list", none, null);
        yield return Case("no flag, revoked", none, FailureReason.Revoked, revoked);
        yield return Case("no flag, clean", none, null, clean);
        yield return Case("no flag, stale list", none, null, stale);
        yield return Case("no flag, CA revoked", none, FailureReason.Revoked, rootRevoked);
        yield return Case("leaf, no list", leaf, FailureReason.RevocationStatusUnknown);
        yield return Case("leaf, list of another issuer", leaf, FailureReason.RevocationStatusUnknown, forged);
        yield return Case("leaf, clean", leaf, null, clean);
        yield return Case("leaf, revoked", leaf, FailureReason.Revoked, revoked);
        yield return Case("leaf, stale", leaf, FailureReason.RevocationStatusUnknown, stale);
        yield return Case("leaf, not yet valid", leaf, FailureReason.RevocationStatusUnknown, future);
        yield return Case("leaf, stale and clean", leaf, null, stale, clean);
        yield return Case("leaf, clean and revoked", leaf, FailureReason.Revoked, clean, revoked);
        yield return Case("chain, leaf's list only", chain, FailureReason.RevocationStatusUnknown, clean);
        yield return Case("chain, both", chain, null, clean, rootClean);
        yield return Case("chain, CA revoked", chain, FailureReason.Revoked, clean, rootRevoked);
        yield return Case("strict, stale", TlsVerifyFlags.X509Strict, FailureReason.RevocationStatusUnknown, stale);
        yield return Case("strict, clean", TlsVerifyFlags.X509Strict, null, clean);
    }

    [TestCaseSource(nameof(Cases))]
    public void Verify_WithRevocationLists_AnswersAsExpected(TlsVerifyFlags flags, FailureReason? expected, CertificateRevocationList[] lists)
    {
        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(Pki.Server.ServerChain) with { VerifyFlags = flags, RevocationLists = lists });

        Assert.That(result.Failures is [var failure, ..] ? failure.Reason : (FailureReason?)null, Is.EqualTo(expected), string.Join(' ', result.Failures.Select(f => f.Message)));
    }

    /// <summary>An issuing distribution point of an INTEGER, whose tag number is that of onlyContainsCACerts, made the verifier throw.</summary>
    [TestCase("02 01 05")]
    [TestCase("01 01 FF")]
    [TestCase("30 03 81 01 FF")]
    [TestCase("A1 03 01 01 FF")]
    [TestCase("81 01 01")]
    [TestCase("81 00")]
    public void Verify_ListWithAMalformedScope_DoesNotCount(string field)
    {
        var root = ForgedCertificate.Root("Root");
        var scope = ForgedCertificate.Extension("2.5.29.28", isCritical: true, Der.Sequence(Convert.FromHexString(field.Replace(" ", string.Empty, StringComparison.Ordinal))));
        var algorithm = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2"));
        var list = root.Sign(Der.Sequence(Der.Integer(1), algorithm, Der.CommonName("Root"), Der.UtcTime(s_now), Der.UtcTime(s_now.AddDays(1)), Der.Wrapped(0, Der.Sequence(scope))));
        var request = ForgedCertificate.Request([root.IssueServer()], root) with { VerifyFlags = TlsVerifyFlags.CrlCheckLeaf, RevocationLists = [Parse(list)] };

        Assert.That(LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures[0].Reason, Is.EqualTo(FailureReason.RevocationStatusUnknown));
    }

    [Test]
    public void Verify_ListSignedByAKeyOfTheSameName_DoesNotCount()
    {
        using var namesake = IssuedCertificate.SelfSigned(Pki.Ca.Intermediate.Spec);

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(Pki.Server.ServerChain) with { VerifyFlags = TlsVerifyFlags.CrlCheckLeaf, RevocationLists = [Crl(namesake)] });

        Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.RevocationStatusUnknown));
    }

    /// <summary>The path's two signatures leave nothing of the budget for the list's own.</summary>
    [TestCase(TlsVerifyFlags.None)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf)]
    public void Verify_NoBudgetLeftForTheList_IsNotTrusted(TlsVerifyFlags flags)
    {
        var request = ContractPki.Request(Pki.Issue(s => s).ServerChain) with
        {
            VerifyFlags = flags,
            Limits = VerificationLimits.Default with { MaxSignatureChecks = 2 },
        };
        var verifier = new LinuxChainVerifier(findSystemAnchors: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verifier.Verify(request with { RevocationLists = [Crl(Pki.Ca.Intermediate)] }).Failures[0].Reason, Is.EqualTo(FailureReason.SignatureBudgetExceeded));
            Assert.That(verifier.Verify(request with { VerifyFlags = TlsVerifyFlags.None }).IsTrusted, Is.True);
        }
    }

    [Test]
    public void Verify_SameListAgain_CountsUnderTheSameKeyOnly()
    {
        using var namesake = Pki.Ca.Root.Issue(Pki.Ca.Intermediate.Spec);
        using var server = namesake.Issue(Pki.Server.Spec);
        var list = Crl(Pki.Ca.Intermediate);
        var flags = TlsVerifyFlags.CrlCheckLeaf;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verify(Pki.Server), Is.Null);
            Assert.That(Verify(server), Is.EqualTo(FailureReason.RevocationStatusUnknown));
            Assert.That(Verify(Pki.Server), Is.Null);
        }

        FailureReason? Verify(IssuedCertificate leaf) =>
            LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(leaf.ServerChain) with { VerifyFlags = flags, RevocationLists = [list] }).Failures is [var failure, ..] ? failure.Reason : null;
    }

    private static CertificateRevocationList Crl(IssuedCertificate issuer, params IssuedCertificate[] revoked) => Parse(issuer.CreateRevocationList(s_now.AddDays(-1), s_now.AddDays(1), revoked));

    private static CertificateRevocationList Parse(byte[] der) => CertificateRevocationList.Parse(der);

    private static TestCaseData Case(string name, TlsVerifyFlags flags, FailureReason? expected, params CertificateRevocationList[] lists) =>
        new TestCaseData(flags, expected, lists).SetArgDisplayNames(name);
}
