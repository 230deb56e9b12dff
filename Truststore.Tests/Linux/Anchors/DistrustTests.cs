using System.Formats.Asn1;
using System.Numerics;
using Truststore.Platform.Linux;
using Truststore.Policy;
using Truststore.Tests.Contract;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>
/// A certificate that some source rejects is distrusted, whatever other sources say of it and in whatever order they
/// come.
/// </summary>
internal sealed class DistrustTests : IDisposable
{
    /// <summary>X509_CERT_AUX that rejects server authentication.</summary>
    private static readonly byte[] s_rejecting = [0x30, 0x0C, 0xA0, 0x0A, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    /// <summary>X509_CERT_AUX that trusts client authentication alone.</summary>
    private static readonly byte[] s_forClients = [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];

    private static readonly ManualTimeProvider s_clock = new(ContractPki.Now);

    private readonly SystemRoot _root = new();

    private static string Plain => Pem(ContractPki.Instance.Ca.Root.Info);

    private static string Rejected => TrustedPem(ContractPki.Instance.Ca.Root.Info, s_rejecting);

    private static string ForClients => TrustedPem(ContractPki.Instance.Ca.Root.Info, s_forClients);

    /// <summary>
    /// What the system's bundle, a second file of SSL_CERT_DIR and the program say of the root, in PEM.
    /// </summary>
    private static IEnumerable<TestCaseData> Rejections()
    {
        yield return Case("bundle: plain, rejected", Plain + Rejected, null, null);
        yield return Case("bundle: rejected, plain", Rejected + Plain, null, null);
        yield return Case("bundle: plain, rejected, plain", Plain + Rejected + Plain, null, null);
        yield return Case("file plain, directory rejected", Plain, Rejected, null);
        yield return Case("file rejected, directory plain", Rejected, Plain, null);
        yield return Case("system plain, added rejected", Plain, null, Rejected);
        yield return Case("system rejected, added plain", Rejected, null, Plain);
        yield return Case("system plain and rejected, added plain", Plain + Rejected, null, Plain);
        yield return Case("system plain, added plain and rejected", Plain, null, Plain + Rejected);
        yield return Case("system plain, added rejected and plain", Plain, null, Rejected + Plain);
        yield return Case("system for clients, added rejected", ForClients, null, Rejected);
        yield return Case("bundle: plain, for clients", Plain + ForClients, null, null);
        yield return Case("bundle: for clients, plain", ForClients + Plain, null, null);
        yield return Case("file plain, directory for clients", Plain, ForClients, null);
    }

    private static IEnumerable<TestCaseData> Trusts()
    {
        yield return Case("bundle: plain twice", Plain + Plain, null, null);
        yield return Case("system for clients, added plain", ForClients, null, Plain);
        yield return Case("system plain, added for clients", Plain, null, ForClients);
    }

    [TestCaseSource(nameof(Rejections))]
    public void VerifyChain_SomeSourceRejectsTheRoot_IsDistrusted(string file, string? directory, string? added)
    {
        foreach (var isRootSent in (bool[])[false, true])
        {
            var result = Verify(file, directory, added, isRootSent);

            Assert.That(result.IsTrusted, Is.False, $"Is the root sent: {isRootSent}");
            Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.Distrusted), result.Failures[0].Message);
        }
    }

    /// <summary>
    /// The system's anchors and the program's are two sets: what either trusts is trusted as long as neither rejects
    /// it.
    /// </summary>
    [TestCaseSource(nameof(Trusts))]
    public void VerifyChain_NoSourceRejectsTheRootAndOneSetTrustsIt_IsTrusted(string file, string? directory, string? added) =>
        Assert.That(Verify(file, directory, added, isRootSent: false).IsTrusted);

    [Test]
    public void VerifyChain_SystemRejectsTheRootButDoesNotCount_IsTrusted()
    {
        var context = Context(Rejected, directory: null);
        context.UseSystemAnchors = false;
        context.LoadVerifyLocations(caData: Plain);

        Assert.That(context.VerifyChain(Chain(isRootSent: false), ContractPki.Host).IsTrusted);
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public void LoadVerifyLocations_PlainAndRejectedCopy_IsDistrustedInEveryOrder(bool isRejectedFirst, bool isOneSource)
    {
        string[] sources = isRejectedFirst ? [Rejected, Plain] : [Plain, Rejected];
        var context = new TlsContext(LinuxVerifiers.WithoutSystemAnchors) { UseSystemAnchors = false, TimeProvider = s_clock };
        foreach (var source in isOneSource ? [string.Concat(sources)] : sources)
        {
            context.LoadVerifyLocations(caData: source);
        }

        var result = context.VerifyChain(Chain(isRootSent: false), ContractPki.Host);

        Assert.That(result.IsTrusted, Is.False);
        Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.Distrusted));
        Assert.That(context.CertificateStoreStatistics.X509, Is.EqualTo(1));
    }

    /// <summary>
    /// An anchor for other usages than TLS, asked for behind the same one for all: the remembered verdict about that
    /// must not answer.
    /// </summary>
    [Test]
    public void CachingChainVerifier_AnchorsThatDifferInUsagesOnly_ShareNoVerdict()
    {
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors, timeProvider: s_clock);
        var good = ContractPki.Request(ContractPki.Instance.Server.ServerChain);
        var root = ContractPki.Instance.Ca.Root.Info;
        Assert.That(verifier.Verify(good with { AddedAnchors = new TrustAnchorCollection([new TrustAnchor(root)]) }).IsTrusted);

        using (Assert.EnterMultipleScope())
        {
            foreach (var trusted in (string[][])[[], ["*"], ["*|"], [""], ["*", ""], ["|"], [" "]])
            {
                var anchors = new TrustAnchorCollection([new TrustAnchor(root, trusted)]);
                Assert.That(verifier.Verify(good with { AddedAnchors = anchors }).IsTrusted, Is.False, $"[{string.Join(", ", trusted)}]");
            }
        }
    }

    [Test]
    public void List_PlainAndRejectedCopy_IsOneAnchorThatIsNotTrusted()
    {
        _root.WriteText("/corp/ca.pem", Plain + Rejected);

        var anchor = new LinuxSystemAnchors(Source(directory: null)).List().Single();

        Assert.That(anchor.RejectedUsages, Is.EqualTo(["1.3.6.1.5.5.7.3.1"]));
        Assert.That(anchor.IsTrustedFor(PeerPurpose.ServerAuthentication), Is.False);
    }

    /// <summary>
    /// Of an ECDSA signature (r, s) anyone can make another valid one, (r, n - s), without the key. The certificate
    /// around it has other bytes, and is distrusted all the same.
    /// </summary>
    [TestCase(true)]
    [TestCase(false)]
    public void VerifyChain_RejectedIntermediateWithItsSignatureRewritten_IsDistrusted(bool isRejectedBySystem)
    {
        var pki = ContractPki.Instance;
        var rejected = TrustedPem(pki.Ca.Intermediate.Info, s_rejecting);
        var context = Context(isRejectedBySystem ? Plain + rejected : Plain, directory: null);
        if (!isRejectedBySystem)
        {
            context.LoadVerifyLocations(caData: rejected);
        }

        var rewritten = RewriteSignature(pki.Ca.Intermediate.Info);
        var control = Context(Plain, directory: null).VerifyChain([pki.Server.Der, rewritten], ContractPki.Host);
        Assert.That(control.IsTrusted, "The case is wrong.");

        var result = context.VerifyChain([pki.Server.Der, rewritten], ContractPki.Host);

        Assert.That(result.IsTrusted, Is.False);
        Assert.That(result.Failures[0].Reason, Is.EqualTo(FailureReason.Distrusted), result.Failures[0].Message);
    }

    /// <summary>The same for a path that an operating system trusts, as on Windows and macOS.</summary>
    [Test]
    public void Confirm_RejectedIntermediateWithItsSignatureRewritten_IsDistrusted()
    {
        var pki = ContractPki.Instance;
        ReadOnlyMemory<byte>[] path = [pki.Server.Der, RewriteSignature(pki.Ca.Intermediate.Info), pki.Ca.Root.Der];
        var request = ContractPki.Request(pki.Server.ServerChain);
        var rejecting = new TrustAnchor(pki.Ca.Intermediate.Info, rejectedUsages: ["1.3.6.1.5.5.7.3.1"]);
        var distrusting = request with { AddedAnchors = new TrustAnchorCollection([new TrustAnchor(pki.Ca.Root.Info), rejecting]) };

        var failure = FinishedPath.Confirm(distrusting, path).Failures.Single();

        Assert.That(FinishedPath.Confirm(request, path).IsTrusted, "The case is wrong.");
        Assert.That((failure.Reason, failure.CertificateIndex), Is.EqualTo((FailureReason.Distrusted, 1)));
    }

    public void Dispose() => _root.Dispose();

    private static List<ReadOnlyMemory<byte>> Chain(bool isRootSent) =>
        [.. (isRootSent ? ContractPki.Instance.Server.Path : ContractPki.Instance.Server.ServerChain).Select(c => c.Der)];

    private static byte[] RewriteSignature(CertificateInfo certificate)
    {
        // The order of P-256 (FIPS 186-4 D.1.2.3).
        var octets = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var order = new BigInteger(octets, isUnsigned: true, isBigEndian: true);
        var signature = new AsnReader(certificate.Envelope.Signature, AsnEncodingRules.DER).ReadSequence();
        var rewritten = new AsnWriter(AsnEncodingRules.DER);
        using (rewritten.PushSequence())
        {
            rewritten.WriteInteger(signature.ReadInteger());
            rewritten.WriteInteger(order - signature.ReadInteger());
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(certificate.Envelope.TbsCertificate.Span);
            writer.WriteEncodedValue(certificate.Envelope.OuterSignatureAlgorithm.Span);
            writer.WriteBitString(rewritten.Encode());
        }

        return writer.Encode();
    }

    private static TestCaseData Case(string name, string file, string? directory, string? added) =>
        new TestCaseData(file, directory, added).SetArgDisplayNames(name);

    private ChainVerificationResult Verify(string file, string? directory, string? added, bool isRootSent)
    {
        var context = Context(file, directory);
        if (added is not null)
        {
            context.LoadVerifyLocations(caData: added);
        }

        return context.VerifyChain(Chain(isRootSent), ContractPki.Host);
    }

    private TlsContext Context(string file, string? directory)
    {
        _root.WriteText("/corp/ca.pem", file);
        if (directory is not null)
        {
            _root.WriteText("/corp/certs/00000001.0", directory);
        }

        return new TlsContext(new LinuxChainVerifier(Source(directory), default)) { TimeProvider = s_clock };
    }

    private SystemAnchorSource Source(string? directory) =>
        new(_root.Discovery("/corp/ca.pem", directory is null ? null : "/corp/certs"), s_clock, TimeSpan.FromSeconds(10));
}
