using System.Diagnostics.CodeAnalysis;
using NSubstitute;
using Truststore.Platform.Windows;
using Truststore.Platform.Windows.Interop;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>Which certificates of the stores are anchors.</summary>
internal sealed class WindowsSystemAnchorsTests
{
    private static readonly CertificateInfo s_root = ContractChains.Instance[ContractChains.Server][^1];
    private static readonly CertificateInfo s_otherRoot = ContractChains.Instance[ContractChains.OtherServer][^1];
    private static readonly CertificateInfo s_intermediate = ContractChains.Instance[ContractChains.Server][1];

    private readonly ICryptoApi _api = new FakeCryptoApi().Api;
    private readonly OpenHandles _open = new();
    private readonly WindowsSystemAnchors _anchors;

    public WindowsSystemAnchorsTests()
    {
        _anchors = new WindowsSystemAnchors(_api, new ManualTimeProvider(ContractPki.Now));
        Fill("Root", s_root, s_otherRoot);
        Fill("CA", s_intermediate);
        Fill("Disallowed");
    }

    [Test]
    public void List_RootsOfUserAndMachine_GivesEachOnce()
    {
        Assert.That(_anchors.List().Select(anchor => anchor.Certificate), Is.EqualTo(new[] { s_root, s_otherRoot }));
        Assert.That(_open.Kinds, Is.Empty, "stores that are still open");
    }

    [Test]
    public void List_DistrustedRoot_IsLeftOut()
    {
        Fill("Disallowed", s_root);

        Assert.That(_anchors.List().Select(anchor => anchor.Certificate), Is.EqualTo(new[] { s_otherRoot }));
    }

    [TestCase("300A06082B06010505070301", true, false)]
    [TestCase("3000", false, false)]
    [TestCase("30", false, false)]
    [TestCase(null, true, true)]
    public void List_RootWithUsages_IsTrustedForThese(string? property, bool forServers, bool forClients)
    {
        _api.CertGetCertificateContextProperty(default, default).ReturnsForAnyArgs(property is null ? null : Convert.FromHexString(property));

        var anchor = _anchors.List()[0];

        Assert.That((anchor.IsTrustedFor(PeerPurpose.ServerAuthentication), anchor.IsTrustedFor(PeerPurpose.ClientAuthentication)), Is.EqualTo((forServers, forClients)));
    }

    [Test]
    public void Describe_AllStores_SaysWhatIsInThem()
    {
        var description = _anchors.Describe();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(description.Count, Is.EqualTo(2));
            Assert.That(description.LoadedAt, Is.EqualTo(ContractPki.Now));
            Assert.That(description.Sources.Single().Location, Is.EqualTo(@"CurrentUser\Root"));
            Assert.That(description.Tried.Select(t => t.Location), Is.EqualTo(new[] { @"CurrentUser\Disallowed", @"LocalMachine\Disallowed", @"CurrentUser\Root", @"LocalMachine\Root", @"CurrentUser\CA", @"LocalMachine\CA" }));
        }
    }

    [Test]
    public void List_NoRoot_ThrowsAndSaysWhereItLooked()
    {
        Fill("Root");

        Assert.That(_anchors.List, Throws.TypeOf<SystemAnchorsNotFoundException>().With.Message.Contains(@"LocalMachine\Root"));
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The code under test does.")]
    private void Fill(string store, params CertificateInfo[] certificates)
    {
        var handle = new TrackedStore(_open);
        nint previous = 0;
        foreach (var context in certificates.Select(ScriptedChain.ToContext).Append(0))
        {
            _api.CertEnumCertificatesInStore(handle, previous).Returns(context);
            previous = context;
        }

        _api.CertOpenStore(Arg.Any<nint>(), Arg.Any<uint>(), store, out _).Returns(handle);
    }
}
