using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Linux.Paths;

/// <summary>Path building where there is more than one way, or none, or far too many.</summary>
internal sealed class PathSearchTests
{
    private static readonly DateTimeOffset s_now = ContractPki.Now;

    private static CertificateSpec Authority(string name) => CertificateSpec.Authority(name, s_now.AddYears(-1), s_now.AddYears(1));

    private static CertificateSpec Server => CertificateSpec.Server(s_now.AddDays(-1), s_now.AddDays(1), ContractPki.Host);

    [Test]
    public void Verify_ExpiredIntermediateWithAValidTwin_TakesTheTwin()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var intermediate = root.Issue(Authority("Intermediate"));
        using var expired = root.CrossSign(intermediate, intermediate.Spec with { NotAfter = s_now.AddDays(-1) });
        using var server = intermediate.Issue(Server);

        var result = Verify([server, expired, intermediate], root);

        Assert.That(result.VerifiedPath, Is.EqualTo(new[] { server.Info, intermediate.Info, root.Info }));
    }

    [Test]
    public void Verify_CrossSignedByAnUnknownRoot_TakesThePathToTheAnchor()
    {
        using var oldRoot = IssuedCertificate.SelfSigned(Authority("Old Root"));
        using var newRoot = IssuedCertificate.SelfSigned(Authority("New Root"));
        using var cross = oldRoot.CrossSign(newRoot);
        using var intermediate = newRoot.Issue(Authority("Intermediate"));
        using var server = intermediate.Issue(Server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verify([server, intermediate, cross, oldRoot], newRoot).VerifiedPath, Is.EqualTo(new[] { server.Info, intermediate.Info, newRoot.Info }));
            Assert.That(Verify([server, intermediate, cross], oldRoot).VerifiedPath, Is.EqualTo(new[] { server.Info, intermediate.Info, cross.Info, oldRoot.Info }));
        }
    }

    [Test]
    public void Verify_ConstrainedBranchAndFreeBranch_TakesTheFreeOne()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var intermediate = root.Issue(Authority("Intermediate"));

        // permittedSubtrees { dNSName "other.test" }
        byte[] constraints = [0x30, 0x10, 0xA0, 0x0E, 0x30, 0x0C, 0x82, 0x0A, .. "other.test"u8];
        using var constrained = root.CrossSign(intermediate, intermediate.Spec with { NameConstraints = constraints });
        using var server = intermediate.Issue(Server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Verify([server, constrained, intermediate], root).VerifiedPath, Does.Contain(intermediate.Info));
            Assert.That(Verify([server, constrained], root).Failures[0].Reason, Is.EqualTo(FailureReason.NameConstraintViolation));
        }
    }

    [Test]
    public void Verify_ManyCAsOfOneName_FindsTheOneThatSigned()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        var namesakes = Enumerable.Range(0, 30).Select(_ => root.Issue(Authority("Intermediate") with { OmitSubjectKeyIdentifier = true })).ToList();
        using var server = namesakes[17].Issue(Server with { OmitAuthorityKeyIdentifier = true });

        var result = Verify([server, .. namesakes], root);

        Assert.That(result.VerifiedPath, Does.Contain(namesakes[17].Info));
        namesakes.ForEach(n => n.Dispose());
    }

    [Test]
    public void Verify_AnchorsOfOneName_FindsTheOneThatSigned()
    {
        using var first = IssuedCertificate.SelfSigned(Authority("Root"));
        using var second = IssuedCertificate.SelfSigned(Authority("Root"));
        using var server = second.Issue(Server);

        Assert.That(Verify([server], first, second).VerifiedPath, Is.EqualTo(new[] { server.Info, second.Info }));
    }

    [Test]
    public void Verify_RecreatedRootOfTheSameName_SaysThatTheIssuerIsUnknown()
    {
        using var trusted = IssuedCertificate.SelfSigned(Authority("Root"));
        using var recreated = IssuedCertificate.SelfSigned(Authority("Root"));
        using var server = recreated.Issue(Server);

        Assert.That(Verify([server, recreated], trusted).Failures[0].Reason, Is.EqualTo(FailureReason.UntrustedRoot));
    }

    [Test]
    public void Verify_CycleOfCAs_EndsWithNoPath()
    {
        using var first = IssuedCertificate.SelfSigned(Authority("First"));
        using var second = IssuedCertificate.SelfSigned(Authority("Second"));
        using var firstBySecond = second.CrossSign(first);
        using var secondByFirst = first.CrossSign(second);
        using var server = first.Issue(Server);

        Assert.That(Verify([server, firstBySecond, secondByFirst], ContractPki.Instance.Ca.Root).Failures[0].Reason, Is.EqualTo(FailureReason.IssuerNotFound));
    }

    [Test]
    public void Verify_IssuerNamedInOtherEncoding_IsFound()
    {
        // RFC 5280 §7.1: case, spaces and string types do not matter.
        using var root = IssuedCertificate.SelfSigned(Authority("Root") with { Subject = new X500DistinguishedName("CN=Corp   ROOT, O=Example") });
        using var otherSpelling = ContractPki.Instance.Ca.Root.CrossSign(root, root.Spec with { Subject = new X500DistinguishedName("CN=corp root, O=EXAMPLE", X500DistinguishedNameFlags.Reversed | X500DistinguishedNameFlags.ForceUTF8Encoding) });
        using var otherName = ContractPki.Instance.Ca.Root.CrossSign(root, root.Spec with { Subject = new X500DistinguishedName("CN=corproot, O=Example") });
        using var server = root.Issue(Server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerifyUnder(otherSpelling), Is.True);
            Assert.That(VerifyUnder(otherName), Is.False);
        }

        bool VerifyUnder(IssuedCertificate anchor) => LinuxVerifiers.WithoutSystemAnchors.Verify(Request([server], anchor) with { VerifyFlags = TlsVerifyFlags.X509PartialChain }).IsTrusted;
    }

    [Test]
    public void Verify_MoreCandidatesThanTheBudget_SaysSo()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        var namesakes = Enumerable.Range(0, 10).Select(_ => root.Issue(Authority("Intermediate") with { OmitSubjectKeyIdentifier = true })).ToList();
        using var stranger = IssuedCertificate.SelfSigned(Authority("Intermediate"));
        using var server = stranger.Issue(Server with { OmitAuthorityKeyIdentifier = true });
        var request = Request([server, .. namesakes], root);
        var verifier = LinuxVerifiers.WithoutSystemAnchors;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verifier.Verify(request with { Limits = VerificationLimits.Default with { MaxCandidates = 5 } }).Failures[0].Reason, Is.EqualTo(FailureReason.CandidateBudgetExceeded));
            Assert.That(verifier.Verify(request with { Limits = VerificationLimits.Default with { MaxSignatureChecks = 5 } }).Failures[0].Reason, Is.EqualTo(FailureReason.SignatureBudgetExceeded));
            Assert.That(verifier.Verify(request).Failures[0].Reason, Is.EqualTo(FailureReason.InvalidSignature));
        }

        namesakes.ForEach(n => n.Dispose());
    }

    [Test]
    public void Verify_BeyondTheOtherLimits_SaysWhich()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var first = root.Issue(Authority("First"));
        using var second = first.Issue(Authority("Second"));
        using var server = second.Issue(Server with { DnsNames = [ContractPki.Host, "second.example.com"] });
        var request = Request([server, first, second], root);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason(VerificationLimits.Default), Is.Null);
            Assert.That(Reason(VerificationLimits.Default with { MaxIntermediates = 2 }), Is.Null);
            Assert.That(Reason(VerificationLimits.Default with { MaxIntermediates = 1 }), Is.EqualTo(FailureReason.PathTooLong));
            Assert.That(Reason(VerificationLimits.Default with { MaxPeerCertificates = 2 }), Is.EqualTo(FailureReason.TooManyCertificates));
            Assert.That(Reason(VerificationLimits.Default with { MaxCertificateSize = 100 }), Is.EqualTo(FailureReason.CertificateTooLarge));
            Assert.That(Reason(VerificationLimits.Default with { MaxPeerChainSize = request.PeerChain.Sum(c => c.RawData.Length) - 1 }), Is.EqualTo(FailureReason.ChainTooLarge));
            Assert.That(Reason(VerificationLimits.Default with { MaxPeerChainSize = request.PeerChain.Sum(c => c.RawData.Length) }), Is.Null);
            Assert.That(Reason(VerificationLimits.Default with { MaxNames = 1 }), Is.EqualTo(FailureReason.TooManyNames));
            Assert.That(Reason(VerificationLimits.Default with { MaxNames = 2 }), Is.Null);
        }

        FailureReason? Reason(VerificationLimits limits) => LinuxVerifiers.WithoutSystemAnchors.Verify(request with { Limits = limits }).Failures is [var failure, ..] ? failure.Reason : null;
    }

    [Test]
    public void Verify_IssuerAboveTheSizeLimit_SaysSoAndNotThatItIsMissing()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var large = root.Issue(Authority("Intermediate") with { ExtraExtensions = [new X509Extension("1.3.6.1.4.1.55555.1", new byte[1000], critical: false)] });
        using var server = large.Issue(Server);
        var request = Request([server, large], root) with { Limits = VerificationLimits.Default with { MaxCertificateSize = server.Der.Length } };

        Assert.That(LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures[0].Reason, Is.EqualTo(FailureReason.CertificateTooLarge));
    }

    [Test]
    public void Verify_SeveralThingsWrong_NamesThemAll()
    {
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var intermediate = root.Issue(Authority("Intermediate") with { NotAfter = s_now.AddDays(-2) });
        using var server = intermediate.Issue(Server with { NotBefore = s_now.AddDays(-3), NotAfter = s_now.AddDays(-1), DnsNames = ["other.example.com"] });

        var result = Verify([server, intermediate], root);

        Assert.That(
            result.Failures.Select(f => (f.Reason, f.CertificateIndex)),
            Is.EqualTo(new[] { (FailureReason.Expired, 1), (FailureReason.Expired, 0), (FailureReason.HostnameMismatch, 0) }));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Verify_CertificateThatTheStoreDistrusts_IsRejectedWhereverItStands(int position)
    {
        const string serverAuthentication = "1.3.6.1.5.5.7.3.1";
        using var root = IssuedCertificate.SelfSigned(Authority("Root"));
        using var intermediate = root.Issue(Authority("Intermediate"));
        using var server = intermediate.Issue(Server);
        IssuedCertificate[] path = [server, intermediate, root];
        var distrusted = new TrustAnchor(path[position].Info, rejectedUsages: [serverAuthentication]);
        var anchors = new TrustAnchorCollection([new TrustAnchor(root.Info), distrusted]);
        var request = ContractPki.Request(server, intermediate) with { AddedAnchors = anchors };

        using (Assert.EnterMultipleScope())
        {
            foreach (var flags in new[] { TlsVerifyFlags.None, TlsVerifyFlags.X509PartialChain })
            {
                var result = LinuxVerifiers.WithoutSystemAnchors.Verify(request with { VerifyFlags = flags });
                Assert.That(result.IsTrusted, Is.False);
                Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.Distrusted), result.Failures[0].Message);
            }
        }
    }

    [TestCase("1.3.6.1.5.5.7.3.1", true)]
    [TestCase("1.3.6.1.5.5.7.3.4", false)]
    public void Verify_EndEntityInTheStoreForAUsage_IsAnAnchorForThatOnly(string trustedUsage, bool expected)
    {
        using var server = IssuedCertificate.SelfSigned(Server);
        var anchors = new TrustAnchorCollection([new TrustAnchor(server.Info, trustedUsages: [trustedUsage])]);

        Assert.That(LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(server) with { AddedAnchors = anchors }).IsTrusted, Is.EqualTo(expected));
    }

    private static ChainVerificationResult Verify(IReadOnlyList<IssuedCertificate> chain, params IReadOnlyList<IssuedCertificate> anchors) =>
        LinuxVerifiers.WithoutSystemAnchors.Verify(Request(chain, anchors));

    private static ChainVerificationRequest Request(IReadOnlyList<IssuedCertificate> chain, params IReadOnlyList<IssuedCertificate> anchors) =>
        ContractPki.Request(chain) with { AddedAnchors = ContractPki.Anchors(anchors) };
}
