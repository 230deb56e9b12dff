using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using NSubstitute;
using Truststore.Tests.Core.Trust;

namespace Truststore.Tests.Core.Context;

internal sealed class TlsContextSettingsTests
{
    private static IEnumerable<TestCaseData> OutOfRange()
    {
        yield return new TestCaseData(nameof(TlsContext.VerifyMode), (Action<TlsContext>)(c => c.VerifyMode = (TlsVerifyMode)3));
        yield return new TestCaseData(nameof(TlsContext.VerifyFlags), (Action<TlsContext>)(c => c.VerifyFlags = (TlsVerifyFlags)1));
        yield return new TestCaseData(nameof(TlsContext.VerifyFlags), (Action<TlsContext>)(c => c.VerifyFlags = TlsVerifyFlags.X509Strict | (TlsVerifyFlags)0x10));
        yield return new TestCaseData(nameof(TlsContext.MinimumVersion), (Action<TlsContext>)(c => c.MinimumVersion = (TlsProtocolVersion)0x302));
        yield return new TestCaseData(nameof(TlsContext.MaximumVersion), (Action<TlsContext>)(c => c.MaximumVersion = default));
    }

    private static IEnumerable<TestCaseData> BadAlpn()
    {
        yield return new TestCaseData(new[] { "h2", "" }, "1 to 255");
        yield return new TestCaseData(new[] { new string('a', 256) }, "256");
        yield return new TestCaseData(new[] { new string('ü', 128) }, "256");
        yield return new TestCaseData(new[] { "h2", "http/1.1", "h2" }, "'h2' is there twice");
        yield return new TestCaseData(new[] { "h2", null }, "null");
    }

    [Test]
    public void Constructor_SettingsOfPython_AreTheDefaults()
    {
        var context = TrustAssert.NewContext();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.VerifyMode, Is.EqualTo(TlsVerifyMode.Required));
            Assert.That(context.CheckHostname, Is.True);
            Assert.That(context.HostnameChecksCommonName, Is.False);
            Assert.That(context.VerifyFlags, Is.EqualTo(TlsVerifyFlags.X509TrustedFirst));
            Assert.That(context.MinimumVersion, Is.EqualTo(TlsProtocolVersion.Tls12));
            Assert.That(context.MaximumVersion, Is.EqualTo(TlsProtocolVersion.MaximumSupported));
            Assert.That(context.UseSystemAnchors, Is.True);
            Assert.That(context.AddedAnchors, Is.Empty);
            Assert.That(context.GetCaCertificates(), Is.Empty);
            Assert.That(context.CertificateStoreStatistics, Is.EqualTo(default(CertificateStoreStatistics)));
            Assert.That(context.AlpnProtocols, Is.Empty);
            Assert.That(context.CipherSuites, Is.Null);
            Assert.That(context.Limits, Is.SameAs(VerificationLimits.Default));
            Assert.That(context.TimeProvider, Is.SameAs(TimeProvider.System));
            Assert.That(context.IsReadOnly, Is.False);
        }
    }

    [Test]
    public void Constructor_NoVerifier_Throws() => Assert.That(() => new TlsContext(null!), Throws.ArgumentNullException);

    [Test]
    public void VerifyMode_NoneWhileNamesAreChecked_Throws()
    {
        var context = TrustAssert.NewContext();

        Assert.That(() => context.VerifyMode = TlsVerifyMode.None, Throws.InvalidOperationException.With.Message.Contains("VerifyMode").And.Message.Contains("CheckHostname").And.Message.Contains("LoadVerifyLocations"));
        Assert.That(context.VerifyMode, Is.EqualTo(TlsVerifyMode.Required));
    }

    [Test]
    public void CheckHostname_SetWhileNothingIsVerified_RaisesVerifyMode()
    {
        var context = Unverified();

        context.CheckHostname = true;

        Assert.That(context.VerifyMode, Is.EqualTo(TlsVerifyMode.Required));
    }

    [TestCase(TlsVerifyMode.Optional)]
    [TestCase(TlsVerifyMode.Required)]
    public void CheckHostname_SetWhileSomethingIsVerified_KeepsVerifyMode(TlsVerifyMode mode)
    {
        var context = TrustAssert.NewContext();
        context.CheckHostname = false;
        context.VerifyMode = mode;

        context.CheckHostname = true;

        Assert.That(context.VerifyMode, Is.EqualTo(mode));
    }

    [Test]
    public void CheckHostname_SwitchedOff_LeavesVerificationOn()
    {
        var context = TrustAssert.NewContext();

        context.CheckHostname = false;

        Assert.That(context.VerifyMode, Is.EqualTo(TlsVerifyMode.Required));
    }

    [TestCaseSource(nameof(OutOfRange))]
    public void Setting_NoMemberOfItsEnumeration_Throws(string member, Action<TlsContext> change) =>
        Assert.That(() => change(TrustAssert.NewContext()), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(member));

    [TestCase(TlsVerifyFlags.None)]
    [TestCase(TlsVerifyFlags.CrlCheckLeaf)]
    [TestCase(TlsVerifyFlags.CrlCheckChain)]
    [TestCase(TlsVerifyFlags.X509Strict | TlsVerifyFlags.X509PartialChain | TlsVerifyFlags.X509TrustedFirst)]
    public void VerifyFlags_Supported_AreKept(TlsVerifyFlags flags)
    {
        var context = TrustAssert.NewContext();

        context.VerifyFlags = flags;

        Assert.That(context.VerifyFlags, Is.EqualTo(flags));
    }

    [Test]
    public void VerifyFlags_ProxyCertificates_AreNotSupported() =>
        Assert.That(
            () => TrustAssert.NewContext().VerifyFlags = TlsVerifyFlags.AllowProxyCertificates | TlsVerifyFlags.X509Strict,
            Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("AllowProxyCertificates").And.Message.Contains("LoadVerifyLocations"));

    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.MinimumSupported, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.MinimumSupported, TlsProtocolVersion.MinimumSupported, SslProtocols.Tls12)]
    [TestCase(TlsProtocolVersion.MaximumSupported, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls12, SslProtocols.Tls12)]
    [TestCase(TlsProtocolVersion.Tls12, TlsProtocolVersion.Tls13, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.Tls13, SslProtocols.Tls13)]
    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.MaximumSupported, SslProtocols.Tls13)]
    public void CreateOptions_VersionBounds_BecomeProtocols(TlsProtocolVersion minimum, TlsProtocolVersion maximum, SslProtocols expected)
    {
        var context = TrustAssert.NewContext();
        context.MinimumVersion = minimum;
        context.MaximumVersion = maximum;

        Assert.That(context.CreateOptions().EnabledSslProtocols, Is.EqualTo(expected));
    }

    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.Tls12)]
    [TestCase(TlsProtocolVersion.Tls13, TlsProtocolVersion.MinimumSupported)]
    [TestCase(TlsProtocolVersion.MaximumSupported, TlsProtocolVersion.Tls12)]
    public void CreateOptions_NoVersionLeft_ThrowsAndLeavesTheContextOpen(TlsProtocolVersion minimum, TlsProtocolVersion maximum)
    {
        var context = TrustAssert.NewContext();
        context.MinimumVersion = minimum;
        context.MaximumVersion = maximum;

        Assert.That(() => context.CreateOptions(), Throws.InvalidOperationException.With.Message.Contains("MinimumVersion").And.Message.Contains("MaximumVersion"));
        Assert.That(context.IsReadOnly, Is.False);
    }

    [Test]
    public void SetAlpnProtocols_Protocols_AreOfferedInTheirOrder()
    {
        var context = TrustAssert.NewContext();
        var longest = new string('a', 255);

        context.SetAlpnProtocols("h2", "http/1.1", longest);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.AlpnProtocols, Is.EqualTo(["h2", "http/1.1", longest]));
            Assert.That(context.CreateOptions().ApplicationProtocols, Is.EqualTo([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11, new SslApplicationProtocol(longest)]));
        }
    }

    [Test]
    public void SetAlpnProtocols_None_SwitchesAlpnOff()
    {
        var context = TrustAssert.NewContext();
        context.SetAlpnProtocols("h2");

        context.SetAlpnProtocols();

        Assert.That(context.AlpnProtocols, Is.Empty);
        Assert.That(context.CreateOptions().ApplicationProtocols, Is.Null);
    }

    [TestCaseSource(nameof(BadAlpn))]
    public void SetAlpnProtocols_BadProtocol_ThrowsAndKeepsTheOldOnes(string[] protocols, string reason)
    {
        var context = TrustAssert.NewContext();
        context.SetAlpnProtocols("http/1.1");

        Assert.That(() => context.SetAlpnProtocols(protocols), Throws.ArgumentException.With.Message.Contains(reason));
        Assert.That(context.AlpnProtocols, Is.EqualTo(["http/1.1"]));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "cipher suites are a setting of the machine there")]
    [UnsupportedOSPlatform("windows")]
    public void SetCiphers_Names_AreOffered()
    {
        var context = TrustAssert.NewContext();
        context.SetCiphers("ECDHE-RSA-AES256-GCM-SHA384");

        Assert.That(() => context.SetCiphers("HIGH"), Throws.ArgumentException);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.CipherSuites, Has.Count.EqualTo(4).And.Contain(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384));
            Assert.That(context.CreateOptions().CipherSuitesPolicy, Is.Not.Null);
            Assert.That(TrustAssert.NewContext().CreateOptions().CipherSuitesPolicy, Is.Null);
        }
    }

    [Test]
    [Platform("Win", Reason = "cipher suites can be chosen elsewhere")]
    public void SetCiphers_OnWindows_IsNotSupported() =>
        Assert.That(() => TrustAssert.NewContext().SetCiphers("ECDHE-RSA-AES256-GCM-SHA384"), Throws.TypeOf<PlatformNotSupportedException>().With.Message.Contains("SetCiphers"));

    [Test]
    public void Setters_Null_Throw()
    {
        var context = TrustAssert.NewContext();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => context.Limits = null!, Throws.ArgumentNullException);
            Assert.That(() => context.TimeProvider = null!, Throws.ArgumentNullException);
            Assert.That(() => context.SetCiphers((string)null!), Throws.ArgumentNullException);
            Assert.That(() => context.SetAlpnProtocols((IEnumerable<string>)null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void LoadDefaultCertificates_AfterTheSystemsWereSwitchedOff_SwitchesThemOn()
    {
        var context = TrustAssert.NewContext();
        context.UseSystemAnchors = false;
        context.LoadDefaultCertificates();
        Assert.That(context.UseSystemAnchors, Is.True);

        context.UseSystemAnchors = false;
        context.SetDefaultVerifyPaths();
        Assert.That(context.UseSystemAnchors, Is.True);
    }

    private static TlsContext Unverified() => new(Substitute.For<IChainVerifier>()) { CheckHostname = false, VerifyMode = TlsVerifyMode.None };
}
