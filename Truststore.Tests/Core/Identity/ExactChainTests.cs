using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Identity;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Identity;

/// <summary>A context presents the chain that it was given, or says that it cannot.</summary>
internal sealed class ExactChainTests
{
    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    private static IEnumerable<TestCaseData> Chains()
    {
        var (ca, stranger) = (s_pki.Ca, s_pki.StrangerCa);
        yield return Chain("no one else's");
        yield return Chain("the intermediate", ca.Intermediate);
        yield return Chain("the root too", ca.Intermediate, ca.Root);
        yield return Chain("the root alone", ca.Root);
        yield return Chain("a cross-signed root", ca.Intermediate, ca.Keep(stranger.Root.CrossSign(ca.Root)), stranger.Root);
        yield return Chain("another order", ca.Root, ca.Intermediate);
        yield return Chain("one twice", ca.Intermediate, ca.Intermediate);
        yield return Chain("certificates of others", stranger.Intermediate, stranger.Root);
    }

    [TestCaseSource(nameof(Chains))]
    public void LoadCertificateChain_Chain_IsPresentedAsItIs(IssuedCertificate[] intermediates)
    {
        var own = s_pki.Issue("exact.example.com");
        var context = new TlsContext(SystemTrust.Verifier, TlsRole.Server);

        context.LoadCertificateChain(own.Certificate, intermediates.Select(c => c.Certificate));

        var presented = context.CreateServerOptions().ServerCertificateContext!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(presented.TargetCertificate.RawData, Is.EqualTo(own.Certificate.RawData));
            Assert.That(
                presented.IntermediateCertificates.Select(c => Convert.ToHexString(c.RawData)),
                Is.EqualTo(intermediates.Select(c => Convert.ToHexString(c.Certificate.RawData))));
        }
    }

    private static IEnumerable<TestCaseData> OtherRuntimes()
    {
        yield return Runtime("without the constructor", (_, _) => throw new MissingMethodException("There is no such constructor."));
        yield return Runtime("that builds another chain", (own, _) => SslStreamCertificateContext.Create(own, [], offline: true));
        yield return Runtime("that takes another certificate", (_, others) => CreateFor(s_pki.Issue("another.example.com"), others));
    }

    [TestCaseSource(nameof(OtherRuntimes))]
    public void CreateContext_RuntimeThatCannotPresentTheChain_Fails(
        Func<X509Certificate2, X509Certificate2[], SslStreamCertificateContext> construct)
    {
        var own = s_pki.Issue("exact.example.com").Certificate;
        X509Certificate2[] intermediates = [s_pki.Ca.Intermediate.Certificate, s_pki.Ca.Root.Certificate];

        var error = Assert.Throws<PlatformNotSupportedException>(() => ExactChain.CreateContext(own, intermediates, construct));

        Assert.That(error!.Message, Does.Contain("CN=exact.example.com").And.Contain("Handshake Root CA").And.Contain("would send"));
    }

    [Test]
    public void CreateContext_ChainThatDotNetBuildsItself_NeedsNoConstructor()
    {
        var own = s_pki.Issue("exact.example.com").Certificate;

        var context = ExactChain.CreateContext(own, [s_pki.Ca.Intermediate.Certificate], (_, _) => throw new MissingMethodException());

        Assert.That(context.IntermediateCertificates.Single().RawData, Is.EqualTo(s_pki.Ca.Intermediate.Certificate.RawData));
    }

    private static SslStreamCertificateContext CreateFor(IssuedCertificate own, X509Certificate2[] intermediates)
    {
        var context = new TlsContext(SystemTrust.Verifier, TlsRole.Server);
        context.LoadCertificateChain(own.Certificate, intermediates);
        return context.CreateServerOptions().ServerCertificateContext!;
    }

    private static TestCaseData Chain(string name, params IssuedCertificate[] intermediates) =>
        new TestCaseData((object)intermediates).SetArgDisplayNames(name);

    private static TestCaseData Runtime(string name, Func<X509Certificate2, X509Certificate2[], SslStreamCertificateContext> construct) =>
        new TestCaseData(construct).SetArgDisplayNames(name);
}
