using Truststore.Cli.Demo;

namespace Truststore.Tests.Contract;

/// <summary>What every verifier answers, whatever the platform: one table for all of them.</summary>
internal abstract class ChainVerifierContract
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static ContractPki Pki => ContractPki.Instance;

    protected abstract IChainVerifier Verifier { get; }

    /// <summary>What is expected of this verifier where an operating system judges otherwise on purpose, and documents it.</summary>
    protected virtual FailureReason? Adapt(string testName, FailureReason? expected) => expected;

    /// <summary>Name of the case, the request, and the reason expected; null for a trusted chain.</summary>
    private static IEnumerable<TestCaseData> Cases()
    {
        var good = ContractPki.Request(Pki.Server.ServerChain);
        yield return Case("good chain", good, null);
        yield return Case("wildcard", good with { ReferenceIdentifier = ReferenceIdentifier.Parse("a.wild.example.com") }, null);
        yield return Case("wildcard for two labels", good with { ReferenceIdentifier = ReferenceIdentifier.Parse("a.b.wild.example.com") }, FailureReason.HostnameMismatch);
        yield return Case("other case", good with { ReferenceIdentifier = ReferenceIdentifier.Parse("WWW.Example.COM") }, null);
        yield return Case("wrong host", good with { ReferenceIdentifier = ReferenceIdentifier.Parse("other.example.com") }, FailureReason.HostnameMismatch);
        yield return Case("no name to check", good with { ReferenceIdentifier = null }, FailureReason.MissingReferenceIdentifier);
        yield return Case("names not checked", good with { ReferenceIdentifier = null, CheckHostname = false }, null);
        yield return Case("unknown CA", good with { AddedAnchors = ContractPki.Anchors(Pki.OtherCa.Root) }, FailureReason.IssuerNotFound);
        yield return Case("no anchors at all", good with { AddedAnchors = TrustAnchorCollection.Empty }, FailureReason.IssuerNotFound);
        yield return Case("untrusted root sent", ContractPki.Request(Pki.Server.Path) with { AddedAnchors = ContractPki.Anchors(Pki.OtherCa.Root) }, FailureReason.UntrustedRoot);
        yield return Case("several anchors", good with { AddedAnchors = ContractPki.Anchors(Pki.OtherCa.Root, Pki.Ca.Root) }, null);
        yield return Case("missing intermediate", ContractPki.Request(Pki.Server), FailureReason.IssuerNotFound);
        yield return Case("root sent too", ContractPki.Request(Pki.Server.Path), null);
        yield return Case("reordered", ContractPki.Request(Pki.Server, Pki.Ca.Root, Pki.Ca.Intermediate), null);
        yield return Case("superfluous certificates", ContractPki.Request(Pki.Server, Pki.OtherCa.Intermediate, Pki.OtherCa.Root, Pki.Ca.Intermediate, Pki.Ca.Intermediate), null);
        yield return Case("no certificate", ContractPki.Request(), FailureReason.EmptyChain);
        yield return Case("garbage", good with { PeerChain = [new byte[] { 0x30, 0x03, 1, 2, 3 }] }, FailureReason.MalformedCertificate);
        yield return Case("empty certificate", good with { PeerChain = [ReadOnlyMemory<byte>.Empty] }, FailureReason.MalformedCertificate);
        yield return Case("garbage besides", good with { PeerChain = [Pki.Server.Der, new byte[] { 1, 2, 3 }, Pki.Ca.Intermediate.Der] }, null);
        yield return Case("forged signature", good with { PeerChain = [Forge(Pki.Server.Der), Pki.Ca.Intermediate.Der] }, FailureReason.InvalidSignature);
        foreach (var testCase in ChangedCertificates())
        {
            yield return testCase;
        }
    }

    private static IEnumerable<TestCaseData> ChangedCertificates()
    {
        yield return Changed("expired", s => s with { NotAfter = ContractPki.Now.AddSeconds(-1) }, FailureReason.Expired);
        yield return Changed("last second", s => s with { NotAfter = ContractPki.Now }, null);
        yield return Changed("not yet valid", s => s with { NotBefore = ContractPki.Now.AddSeconds(1) }, FailureReason.NotYetValid);
        yield return Changed("first second", s => s with { NotBefore = ContractPki.Now }, null);
        yield return Changed("for clients only", s => s with { ExtendedKeyUsages = [ClientAuthentication] }, FailureReason.InvalidExtendedKeyUsage);
        yield return Changed("no extended key usage", s => s with { ExtendedKeyUsages = [] }, null);
        yield return Changed("weak key", s => s with { Key = KeySpec.Rsa(1024) }, FailureReason.WeakKey);
        yield return Changed("common name only", s => s with { DnsNames = [] }, FailureReason.HostnameMismatch);
        yield return Changed("no authority key identifier", s => s with { OmitAuthorityKeyIdentifier = true }, null);

        var address = Pki.Issue(s => s with { DnsNames = [], IPAddresses = ["192.0.2.1", "2001:db8::1"] });
        yield return Case("IPv4 address", ContractPki.Request(address.ServerChain) with { ReferenceIdentifier = ReferenceIdentifier.Parse("192.0.2.1") }, null);
        yield return Case("IPv6 address", ContractPki.Request(address.ServerChain) with { ReferenceIdentifier = ReferenceIdentifier.Parse("[2001:db8::1]") }, null);
        yield return Case("other address", ContractPki.Request(address.ServerChain) with { ReferenceIdentifier = ReferenceIdentifier.Parse("192.0.2.2") }, FailureReason.HostnameMismatch);

        var client = Pki.Issue(s => s with { ExtendedKeyUsages = [ClientAuthentication], DnsNames = [], CommonName = "somebody" });
        yield return Case("client", ContractPki.Request(client.ServerChain) with { Purpose = PeerPurpose.ClientAuthentication, CheckHostname = false, ReferenceIdentifier = null }, null);

        var selfSigned = Pki.Ca.Keep(IssuedCertificate.SelfSigned(Pki.Ca.ServerSpec(ContractPki.Host)));
        yield return Case("self-signed", ContractPki.Request(selfSigned), FailureReason.SelfSigned);
        yield return Case("self-signed and added", ContractPki.Request(selfSigned) with { AddedAnchors = ContractPki.Anchors(selfSigned) }, null);
        yield return Case("intermediate added", ContractPki.Request(Pki.Server.ServerChain) with { AddedAnchors = ContractPki.Anchors(Pki.Ca.Intermediate) }, FailureReason.IssuerNotFound);
        yield return Case("intermediate added, partial chain", ContractPki.Request(Pki.Server.ServerChain) with { AddedAnchors = ContractPki.Anchors(Pki.Ca.Intermediate), VerifyFlags = TlsVerifyFlags.X509PartialChain }, null);
        yield return Case("end-entity added, partial chain", ContractPki.Request(Pki.Server) with { AddedAnchors = ContractPki.Anchors(Pki.Server), VerifyFlags = TlsVerifyFlags.X509PartialChain }, null);

        var issuedByServer = Pki.Ca.Keep(Pki.Server.Issue(Pki.Ca.ServerSpec(ContractPki.Host)));
        yield return Case("issued by no CA", ContractPki.Request(issuedByServer.ServerChain), FailureReason.NotACertificationAuthority);
        var belowLimit = Pki.Ca.Keep(Pki.Ca.Intermediate.Issue(CertificateSpec.Authority("Too Deep CA", ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1))));
        yield return Case("path length exceeded", ContractPki.Request(Pki.Ca.Keep(belowLimit.Issue(Pki.Ca.ServerSpec(ContractPki.Host))).ServerChain), FailureReason.PathLengthExceeded);
    }

    [TestCaseSource(nameof(Cases))]
    public void Verify_Chain_AnswersAsExpected(ChainVerificationRequest request, FailureReason? expected)
    {
        expected = Adapt(TestContext.CurrentContext.Test.Name, expected);

        var result = Verifier.Verify(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Failures.Select(f => f.Reason).FirstOrDefault(), Is.EqualTo(expected.GetValueOrDefault()), string.Join(' ', result.Failures.Select(f => f.Message)));
            Assert.That(result.IsTrusted, Is.EqualTo(expected is null));
            Assert.That(result.IsVerified);
            Assert.That(result.VerifiedPath, expected is null ? Is.Not.Empty : Is.Empty);
            Assert.That(result.PeerChain, Is.EqualTo(request.PeerChain));
        }
    }

    [Test]
    public void Verify_GoodChain_GivesThePathFromEndEntityToAnchor()
    {
        var result = Verifier.Verify(ContractPki.Request(Pki.Server, Pki.OtherCa.Root, Pki.Ca.Intermediate));

        Assert.That(result.VerifiedPath, Is.EqualTo(new[] { Pki.Server.Info, Pki.Ca.Intermediate.Info, Pki.Ca.Root.Info }));
    }

    private static TestCaseData Changed(string name, Func<CertificateSpec, CertificateSpec> change, FailureReason? expected) =>
        Case(name, ContractPki.Request(Pki.Issue(change).ServerChain), expected);

    private static TestCaseData Case(string name, ChainVerificationRequest request, FailureReason? expected) =>
        new TestCaseData(request, expected).SetArgDisplayNames(name);

    /// <summary>The same certificate with one bit of its signature changed.</summary>
    private static ReadOnlyMemory<byte> Forge(ReadOnlyMemory<byte> certificate)
    {
        var forged = certificate.ToArray();
        forged[^1] ^= 1;
        return forged;
    }
}
