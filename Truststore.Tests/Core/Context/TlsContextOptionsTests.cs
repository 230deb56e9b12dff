using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NSubstitute;
using Truststore.Tests.Core.Trust;

namespace Truststore.Tests.Core.Context;

internal sealed class TlsContextOptionsTests
{
    private static IEnumerable<TestCaseData> Configurations()
    {
        foreach (var mode in Enum.GetValues<TlsVerifyMode>())
        {
            foreach (var checkHostname in new[] { false, true })
            {
                foreach (var host in new[] { null, "example.com", "192.0.2.1", "2001:db8::1" })
                {
                    if (mode != TlsVerifyMode.None || !checkHostname)
                    {
                        yield return new TestCaseData(mode, checkHostname, host);
                    }
                }
            }
        }
    }

    [TestCaseSource(nameof(Configurations))]
    public void CreateOptions_AnyConfiguration_HasTheNeutralPolicyAndTheCallbackTogether(TlsVerifyMode mode, bool checkHostname, string? host)
    {
        var context = TrustAssert.NewContext();
        context.CheckHostname = checkHostname;
        context.VerifyMode = mode;
        context.SetAlpnProtocols("h2");

        var options = context.CreateOptions(host);

        using (Assert.EnterMultipleScope())
        {
            // The policy accepts everyone; without the callback nobody would be verified.
            Assert.That(options.RemoteCertificateValidationCallback, Is.Not.Null);
            Assert.That(options.CertificateChainPolicy, Is.Not.Null);
            Assert.That(options.CertificateChainPolicy?.TrustMode, Is.EqualTo(X509ChainTrustMode.CustomRootTrust));
            Assert.That(options.CertificateChainPolicy?.CustomTrustStore, Is.Empty);
            Assert.That(options.CertificateChainPolicy?.RevocationMode, Is.EqualTo(X509RevocationMode.NoCheck));
            Assert.That(options.CertificateChainPolicy?.DisableCertificateDownloads, Is.True);
            Assert.That(options.CertificateChainPolicy?.VerificationFlags, Is.EqualTo(X509VerificationFlags.AllFlags));
            Assert.That(options.AllowRenegotiation, Is.False);
            Assert.That(options.AllowTlsResume, Is.EqualTo(mode != TlsVerifyMode.None));
            Assert.That(options.TargetHost, Is.EqualTo(host));
        }
    }

    [Test]
    public void CreateOptions_TwoCalls_ShareNothingThatCanChange()
    {
        var context = TrustAssert.NewContext();
        context.SetAlpnProtocols("h2");

        var (first, second) = (context.CreateOptions(), context.CreateOptions());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.Not.SameAs(first));
            Assert.That(second.CertificateChainPolicy, Is.Not.SameAs(first.CertificateChainPolicy));
            Assert.That(second.ApplicationProtocols, Is.Not.SameAs(first.ApplicationProtocols));
        }
    }

    [TestCase("EXAMPLE.com.", "example.com")]
    [TestCase("bücher.example", "xn--bcher-kva.example")]
    [TestCase("[2001:DB8::1]", "2001:db8::1")]
    public void CreateOptions_Host_IsBroughtIntoComparableForm(string host, string expected) =>
        Assert.That(TrustAssert.NewContext().CreateOptions(host).TargetHost, Is.EqualTo(expected));

    [TestCase("", "empty")]
    [TestCase(" ", "character")]
    [TestCase("exa mple.com", "character")]
    [TestCase("a..b", "empty label")]
    [TestCase("*.example.com", "wildcard")]
    [TestCase("example.com:443", "without scheme, port or path")]
    [TestCase("https://example.com", "without scheme, port or path")]
    [TestCase("example.com/index.html", "without scheme, port or path")]
    [TestCase("user@example.com", "character")]
    [TestCase("127.1", "dotted decimal")]
    [TestCase("2130706433", "dotted decimal")]
    [TestCase("0x7f000001", "dotted decimal")]
    [TestCase("256.0.0.1", "dotted decimal")]
    [TestCase("[::1", "IPv6")]
    [TestCase("example.com\0.evil.test", "character")]
    public void CreateOptions_BadHost_IsTheCallersMistake(string host, string reason)
    {
        var context = TrustAssert.NewContext();

        Assert.That(() => context.CreateOptions(host), Throws.ArgumentException.With.Message.Contains(reason).And.Property(nameof(ArgumentException.ParamName)).EqualTo("host"));
        Assert.That(() => context.VerifyChain([], host), Throws.ArgumentException.With.Message.Contains(reason));
        Assert.That(context.IsReadOnly, Is.False);
    }

    [Test]
    public void CreateOptions_HostTooLong_IsTheCallersMistake()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('a', 61);

        Assert.That(TrustAssert.NewContext().CreateOptions(longest).TargetHost, Is.EqualTo(longest));
        Assert.That(() => TrustAssert.NewContext().CreateOptions(longest + "a"), Throws.ArgumentException.With.Message.Contains("253"));
        Assert.That(() => TrustAssert.NewContext().CreateOptions(new string('a', 64) + ".example.com"), Throws.ArgumentException.With.Message.Contains("63"));
    }

    [Test]
    public void Callback_NothingVerified_AcceptsWithoutAsking()
    {
        var verifier = Substitute.For<IChainVerifier>();
        var context = new TlsContext(verifier) { CheckHostname = false, VerifyMode = TlsVerifyMode.None };

        var accepted = Call(context.CreateOptions("example.com"));

        Assert.That(accepted, Is.True);
        verifier.DidNotReceiveWithAnyArgs().Verify(default!);
    }

    [TestCase(TlsVerifyMode.Optional)]
    [TestCase(TlsVerifyMode.Required)]
    public void Callback_NoCertificate_IsForTheVerifierToJudge(TlsVerifyMode mode)
    {
        var verifier = Substitute.For<IChainVerifier>();
        verifier.Verify(Arg.Any<ChainVerificationRequest>()).Returns(call => Reject(call.Arg<ChainVerificationRequest>()));
        var context = new TlsContext(verifier) { VerifyMode = mode };
        var options = context.CreateOptions("example.com");

        Assert.That(() => Call(options), Throws.TypeOf<CertificateVerificationException>());
        verifier.Received(1).Verify(Arg.Is<ChainVerificationRequest>(r => r.PeerChain.Count == 0 && r.ReferenceIdentifier!.Value == "example.com" && r.CheckHostname));
    }

    [Test]
    public void VerifyChain_Settings_ReachTheVerifier()
    {
        var verifier = Substitute.For<IChainVerifier>();
        ChainVerificationRequest? request = null;
        verifier.Verify(Arg.Do<ChainVerificationRequest>(r => request = r)).Returns(call => Reject(call.Arg<ChainVerificationRequest>()));
        var now = new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
        var time = Substitute.For<TimeProvider>();
        time.GetUtcNow().Returns(now);
        var context = new TlsContext(verifier)
        {
            HostnameChecksCommonName = true,
            VerifyFlags = TlsVerifyFlags.X509Strict,
            UseSystemAnchors = false,
            Limits = new VerificationLimits { MaxIntermediates = 3 },
            MaxVerdictAge = TimeSpan.Zero,
            TimeProvider = time,
        };
        context.LoadVerifyLocations(caData: TrustSamples.RootPem + TrustSamples.RevocationListPem);

        context.VerifyChain([TrustSamples.Server], "WWW.example.com");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request!.PeerChain.Select(c => c.RawData.ToArray()), Is.EqualTo([TrustSamples.Server]));
            Assert.That(request.ReferenceIdentifier, Is.EqualTo(ReferenceIdentifier.Parse("www.example.com")));
            Assert.That(request.CheckHostname, Is.True);
            Assert.That(request.HostnameChecksCommonName, Is.True);
            Assert.That(request.Purpose, Is.EqualTo(PeerPurpose.ServerAuthentication));
            Assert.That(request.AddedAnchors, Is.SameAs(context.AddedAnchors));
            Assert.That(request.RevocationLists.Select(l => l.RawData.ToArray()), Is.EqualTo([TrustSamples.RevocationList]));
            Assert.That(request.UseSystemAnchors, Is.False);
            Assert.That(request.VerifyFlags, Is.EqualTo(TlsVerifyFlags.X509Strict));
            Assert.That(request.Limits, Is.SameAs(context.Limits));
            Assert.That(request.VerificationTime, Is.EqualTo(now));
            Assert.That(request.MaxVerdictAge, Is.EqualTo(TimeSpan.Zero));
            Assert.That(request.AllowNetwork, Is.False);
        }
    }

    [Test]
    public void VerifyChain_NamesNotChecked_AsksForNone()
    {
        var verifier = Substitute.For<IChainVerifier>();
        verifier.Verify(Arg.Any<ChainVerificationRequest>()).Returns(call => Reject(call.Arg<ChainVerificationRequest>()));
        var context = new TlsContext(verifier) { CheckHostname = false };

        context.VerifyChain([TrustSamples.Server], "www.example.com");

        verifier.Received(1).Verify(Arg.Is<ChainVerificationRequest>(r => r.ReferenceIdentifier == null && !r.CheckHostname));
    }

    [Test]
    public void VerifyChain_NothingVerified_SaysSo()
    {
        var context = new TlsContext(Substitute.For<IChainVerifier>()) { CheckHostname = false, VerifyMode = TlsVerifyMode.None };

        var result = context.VerifyChain([TrustSamples.Server]);

        Assert.That(result, Has.Property(nameof(result.IsVerified)).False.And.Property(nameof(result.IsTrusted)).True);
        Assert.That(result.VerifiedPath, Is.Empty);
    }

    private static bool Call(SslClientAuthenticationOptions options) => options.RemoteCertificateValidationCallback!(new object(), null, null, SslPolicyErrors.RemoteCertificateNotAvailable);

    private static ChainVerificationResult Reject(ChainVerificationRequest request) =>
        ChainVerificationResult.Rejected(request, [new VerificationFailure(FailureReason.EmptyChain, "No certificate was sent.")], []);
}
