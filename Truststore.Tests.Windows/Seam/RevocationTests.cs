using NSubstitute;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Windows.Seam;

/// <summary>Revocation where CryptoAPI gives no answer, or one that is not about this certificate.</summary>
internal sealed class RevocationTests : SeamFixture
{
    private const uint RevocationUnknown = 0x40;
    private const uint Revoked = 0x4;
    private const uint NoRevocationCheck = 0x80092012;
    private const TlsVerifyFlags Leaf = TlsVerifyFlags.CrlCheckLeaf;
    private const FailureReason Unknown = FailureReason.RevocationStatusUnknown;

    private static readonly ForgedCertificate s_root = ForgedCertificate.Root("Root");
    private static readonly ForgedCertificate s_server = s_root.IssueServer();
    private static readonly ForgedCertificate s_selfSigned = ForgedCertificate.Root(ForgedCertificate.ServerSpec());

    // The field [0] of an issuing distribution point: a place that no certificate here names.
    private static readonly byte[] s_otherPartition = Der.Wrapped(0, Der.Wrapped(0, Der.Tagged(6, "http://crl.example.com/2.crl"u8)));

    [TestCase(TlsVerifyFlags.None, null, null)]
    [TestCase(Leaf, null, Unknown)]
    [TestCase(Leaf, 0u, null)]
    [TestCase(Leaf, NoRevocationCheck, Unknown)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, null, Unknown)]
    [TestCase(TlsVerifyFlags.CrlCheckChain, 0u, null)]
    public void Verify_SelfSignedAnchor_RequiresAnAnswer(TlsVerifyFlags flags, uint? revocationResult, FailureReason? expected)
    {
        Crypto.Added = ScriptedChain.Good(Info(s_selfSigned)) with { RevocationResult = revocationResult };

        Assert.That(Reason(ForgedCertificate.Request([s_selfSigned], s_selfSigned) with { VerifyFlags = flags }), Is.EqualTo(expected));
    }

    [TestCase(TlsVerifyFlags.None, 0u, null, null)]
    [TestCase(Leaf, 0u, null, Unknown)]
    [TestCase(Leaf, 0u, 0u, null)]
    [TestCase(Leaf, RevocationUnknown, null, Unknown)]
    [TestCase(Leaf, RevocationUnknown, 0u, Unknown)]
    [TestCase(Leaf, Revoked, null, FailureReason.Revoked)]
    public void Verify_AnchorThatAnotherCertificateIssued_RequiresAnAnswer(
        TlsVerifyFlags flags, uint status, uint? revocationResult, FailureReason? expected)
    {
        Crypto.Added = new ScriptedChain((Info(s_server), status))
        {
            Status = PartialChain,
            PolicyError = 0x800B010A,
            RevocationResult = revocationResult,
        };
        var request = ForgedCertificate.Request([s_server], s_server) with { VerifyFlags = flags | TlsVerifyFlags.X509PartialChain };

        Assert.That(Reason(request), Is.EqualTo(expected));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Verify_LoadedListNamesTheCertificate_IsRevokedWithoutAFlagWhateverItsScope(bool isOfOtherPartition)
    {
        var scope = isOfOtherPartition ? s_otherPartition : null;
        var ofServer = ForgedList.Of(s_root, scope, s_server);
        var ofSelfSigned = ForgedList.Of(s_selfSigned, scope, s_selfSigned);

        using (Assert.EnterMultipleScope())
        {
            Crypto.Added = ScriptedChain.Good(Info(s_server), Info(s_root));
            var issued = ForgedCertificate.Request([s_server], s_root);
            Assert.That(Reason(issued with { RevocationLists = [ofServer] }), Is.EqualTo(FailureReason.Revoked), "issued");

            Crypto.Added = ScriptedChain.Good(Info(s_selfSigned));
            var anchor = ForgedCertificate.Request([s_selfSigned], s_selfSigned);
            Assert.That(Reason(anchor with { RevocationLists = [ofSelfSigned] }), Is.EqualTo(FailureReason.Revoked), "anchor");
        }
    }

    private static IEnumerable<TestCaseData> Scopes()
    {
        yield return new TestCaseData(null, true).SetArgDisplayNames("no scope");
        yield return new TestCaseData(Der.Tagged(1, [0xFF]), true).SetArgDisplayNames("end-entity certificates");
        yield return new TestCaseData(Der.Tagged(2, [0xFF]), false).SetArgDisplayNames("CA certificates");
        yield return new TestCaseData(s_otherPartition, false).SetArgDisplayNames("another partition");
        yield return new TestCaseData(Der.Tagged(3, [0x06, 0x40]), false).SetArgDisplayNames("one reason");
        yield return new TestCaseData(Der.Tagged(4, [0xFF]), false).SetArgDisplayNames("indirect");
        yield return new TestCaseData(Der.Wrapped(0), false).SetArgDisplayNames("malformed");
    }

    /// <summary>A list about other certificates might be taken for an answer about this one.</summary>
    [TestCaseSource(nameof(Scopes))]
    public void Verify_LoadedList_IsGivenToCryptoApiWhereItCoversACertificate(byte[]? scope, bool isGiven)
    {
        // Not self-issued, so that the list is about the server's certificate alone.
        var spec = new ForgedSpec { Subject = Der.CommonName("Root"), Key = s_root.Key, Issuer = Der.CommonName("Other") };
        var root = ForgedCertificate.Root(spec);
        Verify(ForgedCertificate.Request([s_server], root) with { RevocationLists = [ForgedList.Of(s_root, scope)] });

        Crypto.Api.ReceivedWithAnyArgs(isGiven ? 1 : 0).CertAddEncodedCRLToStore(default!, default, out _);
    }

    [Test]
    public void Verify_LoadedListWithoutAScopeOfAnUnknownIssuer_IsGivenToCryptoApi()
    {
        Verify(Good with { RevocationLists = [ForgedList.Of(s_root, scope: null)] });

        Crypto.Api.ReceivedWithAnyArgs(1).CertAddEncodedCRLToStore(default!, default, out _);
    }

    private static CertificateInfo Info(ForgedCertificate certificate) => CertificateInfo.Parse(certificate.Encoded);

    private FailureReason? Reason(ChainVerificationRequest request) =>
        Verify(request).Failures is [var failure, ..] ? failure.Reason : null;
}
