using System.Reflection;
using Truststore.Tests.Core.Trust;

namespace Truststore.Tests.Core.Context;

internal sealed class TlsContextFreezingTests
{
    private static readonly Dictionary<string, Action<TlsContext>> s_changes = new(StringComparer.Ordinal)
    {
        [nameof(TlsContext.VerifyMode)] = c => c.VerifyMode = TlsVerifyMode.Optional,
        [nameof(TlsContext.CheckHostname)] = c => c.CheckHostname = false,
        [nameof(TlsContext.HostnameChecksCommonName)] = c => c.HostnameChecksCommonName = true,
        [nameof(TlsContext.VerifyFlags)] = c => c.VerifyFlags = TlsVerifyFlags.X509Strict,
        [nameof(TlsContext.MinimumVersion)] = c => c.MinimumVersion = TlsProtocolVersion.Tls13,
        [nameof(TlsContext.MaximumVersion)] = c => c.MaximumVersion = TlsProtocolVersion.Tls12,
        [nameof(TlsContext.AllowTlsResume)] = c => c.AllowTlsResume = false,
        [nameof(TlsContext.Limits)] = c => c.Limits = new VerificationLimits(),
        [nameof(TlsContext.MaxVerdictAge)] = c => c.MaxVerdictAge = TimeSpan.Zero,
        [nameof(TlsContext.TimeProvider)] = c => c.TimeProvider = TimeProvider.System,
        [nameof(TlsContext.UseSystemAnchors)] = c => c.UseSystemAnchors = false,
        [nameof(TlsContext.VerificationObserver)] = c => c.VerificationObserver = _ => { },
        [nameof(TlsContext.SniCallback)] = c => c.SniCallback = _ => null,
        [nameof(TlsContext.PostHandshakeAuth)] = c => c.PostHandshakeAuth = true,
        [nameof(TlsContext.LoadCertificateChain)] = c => c.LoadCertificateChain("missing.pem"),
        [nameof(TlsContext.SetAlpnProtocols)] = c => c.SetAlpnProtocols("h2"),
        [nameof(TlsContext.LoadDefaultCertificates)] = c => c.LoadDefaultCertificates(),
        [nameof(TlsContext.SetDefaultVerifyPaths)] = c => c.SetDefaultVerifyPaths(),
    };

    private static IEnumerable<TestCaseData> Changes()
    {
        foreach (var (member, change) in s_changes)
        {
            yield return new TestCaseData(member, change).SetArgDisplayNames(member);
        }

        yield return Load("text", c => c.LoadVerifyLocations(caData: TrustSamples.RootPem));
        yield return Load("bytes", c => c.LoadVerifyLocations(TrustSamples.Root));
        yield return Load("bad bytes", c => c.LoadVerifyLocations([1]));
        yield return Load("missing file", c => c.LoadVerifyLocations(caFile: "/missing.pem"));
        if (!OperatingSystem.IsWindows())
        {
            yield return new TestCaseData(nameof(TlsContext.SetCiphers), (Action<TlsContext>)(c => c.SetCiphers("AES128-SHA"))).SetArgDisplayNames(nameof(TlsContext.SetCiphers));
        }
    }

    private static IEnumerable<TestCaseData> FirstUses()
    {
        yield return new TestCaseData((Action<TlsContext>)(c => c.MakeReadOnly())).SetArgDisplayNames(nameof(TlsContext.MakeReadOnly));
        yield return new TestCaseData((Action<TlsContext>)(c => c.CreateOptions())).SetArgDisplayNames(nameof(TlsContext.CreateOptions));
        yield return new TestCaseData((Action<TlsContext>)(c => c.CreateValidationCallback())).SetArgDisplayNames(nameof(TlsContext.CreateValidationCallback));
        yield return new TestCaseData((Action<TlsContext>)(c => c.VerifyChain([]))).SetArgDisplayNames(nameof(TlsContext.VerifyChain));
    }

    [TestCaseSource(nameof(Changes))]
    public void Change_FrozenContext_ThrowsAndNamesTheMember(string member, Action<TlsContext> change)
    {
        var context = TrustAssert.NewContext();
        context.MakeReadOnly();

        Assert.That(() => change(context), Throws.InvalidOperationException.With.Message.Contains($"TlsContext.{member} ").And.Message.Contains("Configure it before its first use"));
    }

    [TestCaseSource(nameof(FirstUses))]
    public void Use_OpenContext_FreezesIt(Action<TlsContext> use)
    {
        var context = TrustAssert.NewContext();

        use(context);
        use(context);

        Assert.That(context.IsReadOnly, Is.True);
        Assert.That(() => context.CheckHostname = false, Throws.InvalidOperationException);
    }

    [Test]
    public void Changes_EverySettableProperty_IsAmongThem()
    {
        var settable = typeof(TlsContext).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => p.Name);

        Assert.That(settable, Is.SubsetOf(s_changes.Keys));
    }

    private static TestCaseData Load(string name, Action<TlsContext> load) => new TestCaseData(nameof(TlsContext.LoadVerifyLocations), load).SetArgDisplayNames("LoadVerifyLocations, " + name);
}
