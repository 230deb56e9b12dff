using Truststore.Platform.Linux;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux;

/// <summary>Revocation of an end-entity certificate that is itself a trust anchor: it needs no issuer, and its status counts.</summary>
internal sealed class RevocationOfAnchorsTests
{
    private const TlsVerifyFlags None = TlsVerifyFlags.None;
    private const TlsVerifyFlags Leaf = TlsVerifyFlags.CrlCheckLeaf;
    private const TlsVerifyFlags Chain = TlsVerifyFlags.CrlCheckChain;
    private const FailureReason Unknown = FailureReason.RevocationStatusUnknown;
    private const FailureReason Revoked = FailureReason.Revoked;

    private static readonly ForgedCertificate s_selfSigned = ForgedCertificate.Root(ForgedCertificate.ServerSpec());
    private static readonly ForgedCertificate s_root = ForgedCertificate.Root("Root");
    private static readonly ForgedCertificate s_authority = s_root.Issue(new ForgedSpec { Subject = Der.CommonName("CA") });
    private static readonly ForgedCertificate s_server = s_authority.IssueServer();

    /// <summary>What openssl verify answers with -partial_chain, and with -crl_check or -crl_check_all: errors 23 and 3.</summary>
    private static IEnumerable<TestCaseData> SelfSigned()
    {
        var clean = ForgedList.Of(s_selfSigned, scope: null);
        var revoked = ForgedList.Of(s_selfSigned, scope: null, s_selfSigned);
        var forged = ForgedList.Of(ForgedCertificate.Root(ForgedCertificate.ServerSpec()), scope: null, s_selfSigned);
        var elsewhere = ForgedList.Of(s_selfSigned, Der.Wrapped(0, Der.Wrapped(0, Der.Tagged(6, "http://crl.example.com/"u8))));
        foreach (var flags in new[] { Leaf, Chain })
        {
            yield return Case("no list", flags, Unknown);
            yield return Case("clean", flags, null, clean);
            yield return Case("revoked", flags, Revoked, revoked);
            yield return Case("clean and revoked", flags, Revoked, clean, revoked);
            yield return Case("forged", flags, Unknown, forged);
            yield return Case("partition of other certificates", flags, Unknown, elsewhere);
            yield return Case("list of another issuer", flags, Unknown, ForgedList.Of(s_root, scope: null));
        }

        yield return Case("no list", None, null);
        yield return Case("clean", None, null, clean);
        yield return Case("revoked", None, Revoked, revoked);
        yield return Case("forged", None, null, forged);
    }

    [TestCaseSource(nameof(SelfSigned))]
    public void Verify_SelfSignedAnchor_IsLookedUpByItsOwnKey(
        TlsVerifyFlags flags, FailureReason? expected, CertificateRevocationList[] lists)
    {
        var request = ForgedCertificate.Request([s_selfSigned], s_selfSigned) with { VerifyFlags = flags, RevocationLists = lists };
        var partial = request with { VerifyFlags = flags | TlsVerifyFlags.X509PartialChain };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason(request), Is.EqualTo(expected));
            Assert.That(Reason(partial), Is.EqualTo(expected), "partial chain");
        }
    }

    [Test]
    public void Verify_SelfSignedAnchorWhoseKeyMayNotSignLists_HasNoStatus()
    {
        var usage = ForgedCertificate.Extension("2.5.29.15", isCritical: true, [0x03, 0x02, 0x07, 0x80]);
        var server = ForgedCertificate.Root(ForgedCertificate.ServerSpec() with { Extensions = [usage] });
        var request = ForgedCertificate.Request([server], server) with { VerifyFlags = Leaf };

        Assert.That(Reason(request with { RevocationLists = [ForgedList.Of(server, scope: null)] }), Is.EqualTo(Unknown));
    }

    /// <summary>As openssl verify answers with -partial_chain and -crl_check, where that looks at lists at all.</summary>
    private static IEnumerable<TestCaseData> Issued()
    {
        var clean = ForgedList.Of(s_authority, scope: null);
        var revoked = ForgedList.Of(s_authority, scope: null, s_server);
        ForgedCertificate[] alone = [s_server];
        ForgedCertificate[] withIssuer = [s_server, s_authority];
        ForgedCertificate[] withRoot = [s_server, s_root];
        var namesake = ForgedCertificate.Root("CA");
        var forged = ForgedList.Of(namesake, scope: null);
        var forgedRevoked = ForgedList.Of(namesake, scope: null, s_server);

        yield return IssuedCase("no list", Leaf, alone, alone, Unknown);
        yield return IssuedCase("no list, issuer sent", Leaf, withIssuer, alone, Unknown);
        yield return IssuedCase("clean, issuer unknown", Leaf, alone, alone, Unknown, clean);
        yield return IssuedCase("clean, issuer sent", Leaf, withIssuer, alone, null, clean);
        yield return IssuedCase("clean, issuer added", Leaf, alone, withIssuer, null, clean);
        yield return IssuedCase("clean, issuer sent and root added", Leaf, withIssuer, withRoot, null, clean);
        yield return IssuedCase("revoked, issuer unknown", Leaf, alone, alone, Unknown, revoked);
        yield return IssuedCase("revoked, issuer sent", Leaf, withIssuer, alone, Revoked, revoked);
        yield return IssuedCase("revoked, issuer added", Leaf, alone, withIssuer, Revoked, revoked);
        yield return IssuedCase("revoked, issuer sent and root added", Leaf, withIssuer, withRoot, Revoked, revoked);
        yield return IssuedCase("list of a namesake that is sent", Leaf, [s_server, namesake], alone, Unknown, forged);
        yield return IssuedCase("list of a namesake that is added", Leaf, alone, [s_server, namesake], Unknown, forged);
        yield return IssuedCase("list of a namesake beside the issuer", Leaf, [s_server, namesake, s_authority], alone, Unknown, forged);
        yield return IssuedCase("list signed by the certificate itself", Leaf, withIssuer, alone, Unknown, Renamed());
        yield return IssuedCase("issuer among others that lead nowhere", Leaf, [s_server, .. Strangers(), s_authority], alone, null, clean);

        yield return IssuedCase("no list", None, alone, alone, null);
        yield return IssuedCase("clean, issuer unknown", None, alone, alone, null, clean);
        yield return IssuedCase("revoked, issuer sent", None, withIssuer, alone, Revoked, revoked);
        yield return IssuedCase("revoked, issuer added", None, alone, withIssuer, Revoked, revoked);
        yield return IssuedCase("revoked, issuer left out by the peer", None, alone, alone, Unknown, revoked);
        yield return IssuedCase("revoked, issuer left out and a namesake sent", None, [s_server, namesake], alone, Unknown, revoked);
        yield return IssuedCase("list of a namesake names it, issuer sent", None, withIssuer, alone, null, forgedRevoked);
    }

    [TestCaseSource(nameof(Issued))]
    public void Verify_AnchorThatAnotherCertificateIssued_IsLookedUpByItsIssuersKey(
        TlsVerifyFlags flags,
        ForgedCertificate[] sent,
        ForgedCertificate[] anchors,
        FailureReason? expected,
        CertificateRevocationList[] lists)
    {
        var request = ForgedCertificate.Request(sent, anchors) with { VerifyFlags = flags | TlsVerifyFlags.X509PartialChain };

        Assert.That(Reason(request with { RevocationLists = lists }), Is.EqualTo(expected));
    }

    /// <summary>Issuers that only have the right name cost a signature check each, and end the verification at its budget.</summary>
    [TestCase(None)]
    [TestCase(Leaf)]
    public void Verify_ManyNamesakesInFrontOfTheIssuer_DoNotHideARevocation(TlsVerifyFlags flags)
    {
        var namesakes = Enumerable.Range(0, 8).Select(_ => ForgedCertificate.Root("CA"));
        var request = ForgedCertificate.Request([s_server, .. namesakes, s_authority], s_server) with
        {
            VerifyFlags = flags | TlsVerifyFlags.X509PartialChain,
            RevocationLists = [ForgedList.Of(s_authority, scope: null, s_server)],
            Limits = VerificationLimits.Default with { MaxSignatureChecks = 4 },
        };

        Assert.That(Reason(request), Is.EqualTo(FailureReason.SignatureBudgetExceeded).Or.EqualTo(Revoked));
    }

    [Test]
    public void Verify_IssuerUnknown_SaysSo()
    {
        var request = ForgedCertificate.Request([s_server], s_server) with
        {
            VerifyFlags = Leaf | TlsVerifyFlags.X509PartialChain,
            RevocationLists = [ForgedList.Of(s_authority, scope: null)],
        };

        var failure = new LinuxChainVerifier(findSystemAnchors: false).Verify(request).Failures.Single();

        const string message = "the CRL of CN=CA cannot be verified: the peer did not send that issuer, nor is it a trust anchor.";
        Assert.That((failure.CertificateIndex, failure.Message), Is.EqualTo((0, message)));
    }

    private static TestCaseData Case(
        string name, TlsVerifyFlags flags, FailureReason? expected, params CertificateRevocationList[] lists) =>
        new TestCaseData(flags, expected, lists).SetArgDisplayNames($"{name}, {flags}");

    private static TestCaseData IssuedCase(
        string name,
        TlsVerifyFlags flags,
        ForgedCertificate[] sent,
        ForgedCertificate[] anchors,
        FailureReason? expected,
        params CertificateRevocationList[] lists) =>
        new TestCaseData(flags, sent, anchors, expected, lists).SetArgDisplayNames($"{name}, {flags}");

    /// <summary>A list in the issuer's name that the server's own key has signed.</summary>
    private static CertificateRevocationList Renamed() =>
        ForgedList.Of(ForgedCertificate.Root(new ForgedSpec { Subject = Der.CommonName("CA"), Key = s_server.Key }), scope: null);

    private static IEnumerable<ForgedCertificate> Strangers() =>
        Enumerable.Range(0, 6).Select(i => ForgedCertificate.Root($"Stranger {i}"));

    private static FailureReason? Reason(ChainVerificationRequest request) =>
        LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures is [var failure, ..] ? failure.Reason : null;
}
