namespace Truststore.Tests.Contract;

/// <summary>What every verifier answers, whatever the platform: one table for all of them.</summary>
internal abstract class ChainVerifierContract
{
    private static ContractChains Chains => ContractChains.Instance;

    private static CertificateInfo Server => Chains[ContractChains.Server][0];

    private static CertificateInfo Intermediate => Chains[ContractChains.Server][1];

    private static CertificateInfo Root => Chains[ContractChains.Server][2];

    private static CertificateInfo OtherIntermediate => Chains[ContractChains.OtherServer][1];

    private static CertificateInfo OtherRoot => Chains[ContractChains.OtherServer][2];

    protected abstract IChainVerifier Verifier { get; }

    /// <summary>What is expected of this verifier where an operating system judges otherwise on purpose, and documents it.</summary>
    protected virtual FailureReason? Adapt(string testName, FailureReason? expected) => expected;

    /// <summary>Name of the case, the request, and the reason expected; null for a trusted chain.</summary>
    private static IEnumerable<TestCaseData> Cases()
    {
        var good = Chains.Request(Server, Intermediate);
        yield return Case("good chain", good, null);
        yield return Case("wildcard", For(good, "a.wild.example.com"), null);
        yield return Case("wildcard for two labels", For(good, "a.b.wild.example.com"), FailureReason.HostnameMismatch);
        yield return Case("other case", For(good, "WWW.Example.COM"), null);
        yield return Case("wrong host", For(good, "other.example.com"), FailureReason.HostnameMismatch);
        yield return Case("no name to check", good with { ReferenceIdentifier = null }, FailureReason.MissingReferenceIdentifier);
        yield return Case("names not checked", good with { ReferenceIdentifier = null, CheckHostname = false }, null);
        yield return Case("unknown CA", good with { AddedAnchors = ContractChains.Anchors(OtherRoot) }, FailureReason.IssuerNotFound);
        yield return Case("no anchors at all", good with { AddedAnchors = TrustAnchorCollection.Empty }, FailureReason.IssuerNotFound);
        yield return Case("untrusted root sent", Chains.Request(Server, Intermediate, Root) with { AddedAnchors = ContractChains.Anchors(OtherRoot) }, FailureReason.UntrustedRoot);
        yield return Case("several anchors", good with { AddedAnchors = ContractChains.Anchors(OtherRoot, Root) }, null);
        yield return Case("missing intermediate", Chains.Request(Server), FailureReason.IssuerNotFound);
        yield return Case("root sent too", Chains.Request(Server, Intermediate, Root), null);
        yield return Case("reordered", Chains.Request(Server, Root, Intermediate), null);
        yield return Case("superfluous certificates", Chains.Request(Server, OtherIntermediate, OtherRoot, Intermediate, Intermediate), null);
        yield return Case("no certificate", Chains.Request(), FailureReason.EmptyChain);
        yield return Case("garbage", good with { PeerChain = [new PeerCertificate([0x30, 0x03, 1, 2, 3])] }, FailureReason.MalformedCertificate);
        yield return Case("empty certificate", good with { PeerChain = [new PeerCertificate([])] }, FailureReason.MalformedCertificate);
        yield return Case("garbage besides", good with { PeerChain = PeerCertificate.CreateChain(Server.RawData, new byte[] { 1, 2, 3 }, Intermediate.RawData) }, null);
        yield return Case("forged signature", good with { PeerChain = PeerCertificate.CreateChain(Forge(Server.RawData), Intermediate.RawData) }, FailureReason.InvalidSignature);
        foreach (var testCase in ChangedCertificates().Concat(OtherAnchors()))
        {
            yield return testCase;
        }
    }

    private static IEnumerable<TestCaseData> ChangedCertificates()
    {
        yield return Changed("expired", ContractChains.Expired, FailureReason.Expired);
        yield return Changed("last second", ContractChains.LastSecond, null);
        yield return Changed("not yet valid", ContractChains.NotYetValid, FailureReason.NotYetValid);
        yield return Changed("first second", ContractChains.FirstSecond, null);
        yield return Changed("for clients only", ContractChains.ForClients, FailureReason.InvalidExtendedKeyUsage);
        yield return Changed("no extended key usage", ContractChains.NoUsages, null);
        yield return Changed("weak key", ContractChains.WeakKey, FailureReason.WeakKey);
        yield return Changed("common name only", ContractChains.CommonNameOnly, FailureReason.HostnameMismatch);
        yield return Changed("no authority key identifier", ContractChains.NoAuthorityKeyIdentifier, null);
        yield return Changed("issued by no CA", ContractChains.IssuedByNoAuthority, FailureReason.NotACertificationAuthority);
        yield return Changed("path length exceeded", ContractChains.TooDeep, FailureReason.PathLengthExceeded);

        var addresses = Chains.Request(Chains.Sent(ContractChains.Addresses));
        yield return Case("IPv4 address", For(addresses, "192.0.2.1"), null);
        yield return Case("IPv6 address", For(addresses, "[2001:db8::1]"), null);
        yield return Case("other address", For(addresses, "192.0.2.2"), FailureReason.HostnameMismatch);
        yield return Case("client", Chains.Request(Chains.Sent(ContractChains.Client)) with { Purpose = PeerPurpose.ClientAuthentication, CheckHostname = false, ReferenceIdentifier = null }, null);
    }

    private static IEnumerable<TestCaseData> OtherAnchors()
    {
        var selfSigned = Chains[ContractChains.SelfSigned];
        yield return Case("self-signed", Chains.Request(selfSigned), FailureReason.SelfSigned);
        yield return Case("self-signed and added", Chains.Request(selfSigned) with { AddedAnchors = ContractChains.Anchors(selfSigned) }, null);

        var intermediateAdded = Chains.Request(Server, Intermediate) with { AddedAnchors = ContractChains.Anchors(Intermediate) };
        yield return Case("intermediate added", intermediateAdded, FailureReason.IssuerNotFound);
        yield return Case("intermediate added, partial chain", intermediateAdded with { VerifyFlags = TlsVerifyFlags.X509PartialChain }, null);
        yield return Case("end-entity added, partial chain", Chains.Request(Server) with { AddedAnchors = ContractChains.Anchors(Server), VerifyFlags = TlsVerifyFlags.X509PartialChain }, null);
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
            Assert.That(result.PeerChain, Is.EqualTo(request.PeerChain.Select(c => c.RawData)));
        }
    }

    [Test]
    public void Verify_GoodChain_GivesThePathFromEndEntityToAnchor()
    {
        var result = Verifier.Verify(Chains.Request(Server, OtherRoot, Intermediate));

        Assert.That(result.VerifiedPath, Is.EqualTo(new[] { Server, Intermediate, Root }));
    }

    private static TestCaseData Changed(string name, string chain, FailureReason? expected) => Case(name, Chains.Request(Chains.Sent(chain)), expected);

    private static ChainVerificationRequest For(ChainVerificationRequest request, string host) => request with { ReferenceIdentifier = ReferenceIdentifier.Parse(host) };

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
