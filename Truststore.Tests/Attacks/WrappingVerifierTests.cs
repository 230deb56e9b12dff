using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Platform.Linux;
using Truststore.Tests.Contract;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Attacks;

/// <summary>A verifier of the program's own changes the chain before ours sees it, and a peer has prepared for that.</summary>
internal sealed class WrappingVerifierTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;

    /// <summary>
    /// The peer sends its own forged issuer, with the name of the real intermediate and a key of its own, and the real one. When a verifier drops a certificate, the keys that the handshake has decoded must not shift
    /// to other certificates: a leaf that the forged key signed would be verified under it, in the real intermediate's name.
    /// </summary>
    [Test]
    public void Verify_ChainWithoutOneOfItsCertificates_TakesNoKeyForAnothers([Values] bool shuffles)
    {
        using var forgedRoot = IssuedCertificate.SelfSigned(s_pki.Ca.Root.Spec);
        using var forgedIssuer = forgedRoot.Issue(s_pki.Ca.Intermediate.Spec);
        using var forgedLeaf = forgedIssuer.Issue(s_pki.Server.Spec);
        var verifier = new LinuxChainVerifier(null, default);
        PeerCertificate[] sent = [.. new[] { forgedLeaf, forgedIssuer, s_pki.Ca.Intermediate }.Select(c => PeerCertificate.From(c.Certificate))];
        var request = ContractPki.Request(s_pki.Server.ServerChain) with { PeerChain = sent };

        var filtered = shuffles
            ? request with { PeerChain = [sent[0], sent[2], sent[1]] }
            : request with { PeerChain = [.. request.PeerChain.Where(c => !c.Equals(sent[1]))] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verifier.Verify(filtered).IsTrusted, Is.False);

            // Nor is anything left behind for others: the honest chain is trusted, the forged one is not.
            Assert.That(verifier.Verify(ContractPki.Request(s_pki.Server.ServerChain)).IsTrusted);
            Assert.That(verifier.Verify(request).IsTrusted, Is.False);
        }
    }

    [Test]
    public void From_CertificateThatIsDisposed_IsVerifiedFromItsBytes()
    {
        PeerCertificate[] sent;
        using (var leaf = X509CertificateLoader.LoadCertificate(s_pki.Server.Certificate.RawData))
        using (var intermediate = X509CertificateLoader.LoadCertificate(s_pki.Ca.Intermediate.Certificate.RawData))
        {
            sent = [PeerCertificate.From(leaf), PeerCertificate.From(intermediate)];
        }

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(s_pki.Server.ServerChain) with { PeerChain = sent });

        Assert.That(result.Failures, Is.Empty);
    }

    [Test]
    public void PeerChain_ListThatIsChangedLater_StaysWhatItWas()
    {
        var list = new List<PeerCertificate>(ContractPki.Request(s_pki.Server.ServerChain).PeerChain);
        var lists = new List<CertificateRevocationList>();
        var request = ContractPki.Request(s_pki.Server.ServerChain) with { PeerChain = list, RevocationLists = lists };

        list.Clear();
        lists.Add(null!);

        Assert.That((request.PeerChain.Count, request.RevocationLists.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public void PeerChain_NullAmongTheCertificates_IsTheCallersMistake() =>
        Assert.That(() => ContractPki.Request(s_pki.Server.ServerChain) with { PeerChain = [null!] }, Throws.ArgumentException);
}
