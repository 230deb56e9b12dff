using Truststore.Cli.Demo;
using Truststore.Platform.MacOS;

namespace Truststore.Tests.MacOS;

/// <summary>The anchors of macOS by its trusted roots and its trust settings.</summary>
internal sealed class MacOSSystemAnchorsTests : MacOSFixture
{
    private const int TrustRoot = 1;
    private const int TrustAsRoot = 2;
    private const int Deny = 3;
    private const int Unspecified = 4;
    private const string Tls = "1.2.840.113635.100.1.3";
    private const string Mail = "1.2.840.113635.100.1.8";

    private static readonly string[] s_tlsUsages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    private static IssuedCertificate Root => Pki.Ca.Root;

    private static IssuedCertificate OtherRoot => Pki.OtherCa.Root;

    [Test]
    public void List_TrustedRoots_AreAnchorsForEverything()
    {
        StandIn.Append(StandInList.SystemAnchors, Root.Der);
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);

        var anchors = new MacOSSystemAnchors().List();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchors.Select(a => a.Certificate), Is.EqualTo(new[] { Root.Info, OtherRoot.Info }));
            Assert.That(anchors.Select(a => a.TrustedUsages), Is.All.Null);
        }
    }

    /// <summary>The settings of a root in the user's domain: the key and value of its one entry, and whether it is an anchor for that.</summary>
    private static IEnumerable<TestCaseData> Entries()
    {
        yield return Entry("trusted", true, ("kSecTrustSettingsResult", TrustRoot));
        yield return Entry("no result", true);
        yield return Entry("denied", false, ("kSecTrustSettingsResult", Deny));
        yield return Entry("unspecified", false, ("kSecTrustSettingsResult", Unspecified));
        yield return Entry("trusted as what it is not", false, ("kSecTrustSettingsResult", TrustAsRoot));
        yield return Entry("unknown result", false, ("kSecTrustSettingsResult", 99));
        yield return Entry("trusted to sign certificates", true, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsKeyUsage", 8));
        yield return Entry("trusted for any use of its key", true, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsKeyUsage", -1));
        yield return Entry("a number out of range", false, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsKeyUsage", 0xffffffff));
        yield return Entry("trusted to encrypt", false, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsKeyUsage", 2));
        yield return Entry("trusted for one program", false, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsApplication", 1));
        yield return Entry("trusted for one host", false, ("kSecTrustSettingsResult", TrustRoot), ("kSecTrustSettingsPolicyString", 1));
    }

    [TestCaseSource(nameof(Entries))]
    public void List_OneSetting_DecidesWhetherItIsAnAnchor((string Key, long Value)[] entries, bool isAnchor)
    {
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.UserDomain, Root.Der, StandIn.Array(StandIn.Dictionary([.. entries.Select(e => (e.Key, StandIn.Number(e.Value)))])));

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), isAnchor ? Has.Member(Root.Info) : Has.No.Member(Root.Info));
    }

    [TestCase(Tls, true)]
    [TestCase(Mail, false)]
    public void List_TrustedForAPolicy_IsAnAnchorForTlsOnly(string policy, bool isAnchor)
    {
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.AdminDomain, Root.Der, StandIn.Array(StandIn.Dictionary(("kSecTrustSettingsPolicy", StandIn.Policy(policy)), ("kSecTrustSettingsResult", StandIn.Number(TrustRoot)))));

        var anchor = new MacOSSystemAnchors().List().SingleOrDefault(a => a.Certificate.Equals(Root.Info));

        Assert.That(anchor?.TrustedUsages, isAnchor ? Is.EqualTo(s_tlsUsages) : Is.Null);
    }

    [Test]
    public void List_DeniedThoughATrustedRoot_IsLeftOut()
    {
        StandIn.Append(StandInList.SystemAnchors, Root.Der);
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.UserDomain, Root.Der, Result(Deny));

        var anchors = new MacOSSystemAnchors();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchors.List().Select(a => a.Certificate), Is.EqualTo(new[] { OtherRoot.Info }));
            Assert.That(anchors.Describe().Tried[0].Remark, Is.EqualTo("1 denied and left out"));
        }
    }

    [Test]
    public void List_DeniedBesideATrustingEntry_IsLeftOut()
    {
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.AdminDomain, Root.Der, StandIn.Array(StandIn.Dictionary(("kSecTrustSettingsResult", StandIn.Number(TrustRoot))), StandIn.Dictionary(("kSecTrustSettingsResult", StandIn.Number(Deny)))));

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), Has.No.Member(Root.Info));
    }

    [TestCase(StandInList.UserDomain, StandInList.AdminDomain)]
    [TestCase(StandInList.AdminDomain, StandInList.SystemDomain)]
    public void List_DomainsDisagree_TheStrongerDecides(StandInList stronger, StandInList weaker)
    {
        StandIn.Append(stronger, Root.Der, Result(Deny));
        StandIn.Append(weaker, Root.Der, Result(TrustRoot));
        StandIn.Append(stronger, OtherRoot.Der, Result(TrustRoot));
        StandIn.Append(weaker, OtherRoot.Der, Result(Deny));

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), Is.EqualTo(new[] { OtherRoot.Info }));
    }

    [Test]
    public void List_EmptySettings_TrustRootsOnly()
    {
        StandIn.Append(StandInList.UserDomain, Root.Der, StandIn.Array());
        StandIn.Append(StandInList.UserDomain, Pki.Ca.Intermediate.Der, StandIn.Array());

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), Is.EqualTo(new[] { Root.Info }));
    }

    [Test]
    public void List_IntermediateTrustedAsRoot_IsAnAnchor()
    {
        StandIn.Append(StandInList.UserDomain, Pki.Ca.Intermediate.Der, Result(TrustAsRoot));

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), Is.EqualTo(new[] { Pki.Ca.Intermediate.Info }));
    }

    [Test]
    public void List_EntriesOfOtherTypes_AreSkipped()
    {
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.UserDomain, Root.Der, StandIn.Array(StandIn.Text("not a dictionary"), StandIn.Dictionary(("kSecTrustSettingsPolicy", StandIn.Text("not a policy")))));

        Assert.That(new MacOSSystemAnchors().List().Select(a => a.Certificate), Is.EqualTo(new[] { OtherRoot.Info }));
    }

    [TestCase("SecTrustSettingsCopyTrustSettings", -36, "OSStatus -36")]
    [TestCase("CFNumberGetValue", 0, "CFNumberGetValue gave no number")]
    [TestCase("CFGetTypeID", 9, "read anew")]
    public void List_SettingsThatCannotBeRead_AreTakenForADenial(string function, long value, string remark)
    {
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Append(StandInList.UserDomain, Root.Der, Result(TrustRoot));
        StandIn.Fail(function, 1, value);

        var description = new MacOSSystemAnchors().Describe();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(description.Count, Is.EqualTo(1));
            Assert.That(description.Tried.Select(t => t.Remark), Has.Some.Contains(remark));
        }
    }

    /// <summary>Each call of the enumeration fails once: the source says so, and the others count.</summary>
    [TestCase("SecTrustSettingsCopyCertificates", -36)]
    [TestCase("CFArrayGetCount", -1)]
    [TestCase("CFArrayGetValueAtIndex", 0)]
    [TestCase("SecCertificateCopyData", 0)]
    [TestCase("CFDataGetLength", -1)]
    [TestCase("CFDataGetBytePtr", 0)]
    [TestCase("CFStringCreateWithBytes", 0)]
    public void Describe_CallFails_IsNamedAndTheOtherSourcesCount(string function, long value)
    {
        StandIn.Append(StandInList.UserDomain, Root.Der, Result(TrustRoot));
        StandIn.Append(StandInList.SystemAnchors, OtherRoot.Der);
        StandIn.Fail(function, 1, value);

        var description = new MacOSSystemAnchors().Describe();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(description.Sources.Select(s => s.Location), Is.EqualTo(new[] { "Security.framework, trusted roots" }));
            Assert.That(description.Tried[0].Remark, Does.Contain(function));
        }
    }

    [Test]
    public void Describe_RootsCannotBeListed_SaysSo()
    {
        StandIn.Append(StandInList.UserDomain, Root.Der, Result(TrustRoot));
        StandIn.Fail("SecTrustCopyAnchorCertificates", 1, -36);

        var description = new MacOSSystemAnchors().Describe();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(description.Count, Is.EqualTo(1));
            Assert.That(description.Tried[^1].Remark, Does.Contain("SecTrustCopyAnchorCertificates failed: Status -36"));
        }
    }

    [Test]
    public void List_NothingTrusted_NamesThePlacesAndTheWayOut() => Assert.That(
        () => new MacOSSystemAnchors().List(),
        Throws.TypeOf<SystemAnchorsNotFoundException>().With.Message.Contains("trust settings of the user").And.Message.Contains("UseSystemAnchors"));

    [Test]
    public void List_Enumerating_NeverAsksForRevocation()
    {
        StandIn.Append(StandInList.SystemAnchors, Root.Der);

        new MacOSSystemAnchors().List();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StandIn.Calls("SecPolicyCreateRevocation"), Is.Zero);
            Assert.That(StandIn.Calls("SecTrustEvaluateWithError"), Is.Zero);
        }
    }

    private nint Result(int result) => StandIn.Array(StandIn.Dictionary(("kSecTrustSettingsResult", StandIn.Number(result))));

    private static TestCaseData Entry(string name, bool isAnchor, params (string Key, long Value)[] entries) => new TestCaseData(entries, isAnchor).SetArgDisplayNames(name);
}
