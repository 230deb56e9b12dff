using Truststore.Platform.Linux;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Linux.Anchors;

namespace Truststore.Tests.Core.Text;

/// <summary>
/// Names of files and blocks, links and arguments that no terminal should obey: none of them gets raw into a message
/// or a description.
/// </summary>
[Platform(Include = "Linux", Reason = "Names of files can have anything in them there.")]
internal sealed class HostileFilesTests
{
    private const string Hashed = "5ed36f99.0";

    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    private static IEnumerable<TestCaseData> Sources()
    {
        yield return Case("missing file", (_, c) => c.LoadVerifyLocations(caFile: "/missing/" + ForeignText.HostileFileName));
        yield return Case("missing directory", (_, c) => c.LoadVerifyLocations(caPath: "/missing/" + ForeignText.HostileFileName));
        yield return Case("file in a directory", (d, c) =>
        {
            d.Write(ForeignText.HostileFileName + ".pem", "no PEM");
            c.LoadVerifyLocations(caPath: d.FullName);
        });
        yield return Case("target of a link", (d, c) => c.LoadVerifyLocations(caFile: d.Link("link.pem", ForeignText.HostileFileName)));
        yield return Case("label", (_, c) => c.LoadVerifyLocations(caData: $"-----BEGIN {Label()}-----\nAAAA\n-----END {Label()}-----\n"));
        yield return Case("label that is cut off", (d, c) => LoadIdentity(d, c, $"-----BEGIN {Label()}-----\nAAAA\n"));
        yield return Case("label of an identity", (d, c) => LoadIdentity(d, c, $"-----BEGIN {Label()}-----\nAAAA\n-----END X-----\n"));
        yield return Case("identity", (_, c) => c.LoadCertificateChain("/missing/" + ForeignText.HostileFileName));
        yield return Case("long name", (_, c) => c.LoadVerifyLocations(caFile: "/" + Repeat(ForeignText.HostileFileName)));

        static TestCaseData Case(string name, Action<TemporaryDirectory, TlsContext> load) =>
            new TestCaseData(load).SetArgDisplayNames(name);

        static void LoadIdentity(TemporaryDirectory directory, TlsContext context, string pem) =>
            context.LoadCertificateChain(directory.Write("a.pem", pem));

        static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 10_000));

        // One octet a character, as PEM is read.
        static string Label() => "X\u001b[2J\u009B\u00AD" + new string('y', 500);
    }

    [TestCaseSource(nameof(Sources))]
    public void Load_HostileName_IsHarmlessInTheMessage(object load)
    {
        var run = (Action<TemporaryDirectory, TlsContext>)load;

        var error = Assert.Throws<TrustDataException>(() => run(_directory, TrustAssert.NewContext()));

        ForeignText.AssertHarmless(error.Message, error.Message);
        Assert.That(ForeignText.FindHarm(error.ToString(), except: "\n"), Is.Empty, "with the cause");
    }

    [Test]
    public void LoadCertificateChain_LongLabel_IsOfNoConcern()
    {
        var label = new string('X', 200);
        var file = _directory.Write("a.pem", $"-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");

        var error = Assert.Throws<TrustDataException>(() => TrustAssert.NewContext().LoadCertificateChain(file));

        Assert.That(error.Message, Does.Contain("has no CERTIFICATE block"));
    }

    private static IEnumerable<TestCaseData> Hosts()
    {
        yield return new TestCaseData("www.example.com\u202E").SetArgDisplayNames("override");
        yield return new TestCaseData("a:" + ForeignText.Hostile).SetArgDisplayNames("looks like IPv6");
        yield return new TestCaseData("a b\u001b[2J\u007F").SetArgDisplayNames("controls in ASCII");
        yield return new TestCaseData("\u001b..").SetArgDisplayNames("empty label");
        yield return new TestCaseData("\u2028.1").SetArgDisplayNames("separator");
        yield return new TestCaseData(new string('\u202E', 900)).SetArgDisplayNames("long");
    }

    [TestCaseSource(nameof(Hosts))]
    public void Parse_HostileHost_IsHarmlessInTheMessage(string host)
    {
        var error = Assert.Throws<ArgumentException>(() => ReferenceIdentifier.Parse(host));

        ForeignText.AssertHarmless(error.Message, "the message");
        Assert.That(error.Message, Has.Length.LessThan(700));
    }

    [Test]
    public void Messages_HostileArguments_AreHarmless()
    {
        var context = TrustAssert.NewContext();
        using (Assert.EnterMultipleScope())
        {
            Check(() => context.SetAlpnProtocols(ForeignText.Hostile, ForeignText.Hostile));
            Check(() => context.SetCiphers(ForeignText.Hostile.Replace(' ', '_')));
        }

        static void Check(Action action) =>
            ForeignText.AssertHarmless(Assert.Catch<ArgumentException>(() => action()).Message, "an argument");
    }

    [Test]
    public void Describe_HostilePlaces_IsHarmlessAndSoIsTheException()
    {
        using var root = new SystemRoot();
        root.MakeDirectory("/good");
        root.Write("/good/" + Hashed, SampleAnchors.First);
        root.Link("/good/5ed36f99.1", ForeignText.HostileFileName);
        root.MakeDirectory("/" + ForeignText.HostileFileName);
        root.WriteText($"/{ForeignText.HostileFileName}/{Hashed}", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n");
        var hostile = "/" + ForeignText.HostileFileName;

        var description = new LinuxSystemAnchors(Source(root.Discovery(directory: $"{hostile}:/good"))).Describe();
        var error = Assert.Throws<SystemAnchorsNotFoundException>(() => Source(root.Discovery(directory: hostile)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(description.Tried, Has.Count.EqualTo(2));
            foreach (var place in description.Tried.Concat(description.Sources).Concat(error.Tried))
            {
                ForeignText.AssertHarmless(place.Location, "a location");
                ForeignText.AssertHarmless(place.Remark, "a remark");
                ForeignText.AssertHarmless((place with { Remark = hostile, Location = hostile }).ToString(), "a changed place");
            }

            ForeignText.AssertHarmless(error.Message, "the exception", except: "\n");
            Assert.That(error.Message.Split('\n'), Has.Length.EqualTo(2), "one line for what is wrong, and one for each place");
        }
    }

    [Test]
    public void Exceptions_OfAVerifierOfOnesOwn_AreHarmless()
    {
        using (Assert.EnterMultipleScope())
        {
            ForeignText.AssertHarmless(new TrustDataException(ForeignText.Hostile, "source").Message, nameof(TrustDataException));
            ForeignText.AssertHarmless(new CertificateFormatException(ForeignText.Hostile).Message, nameof(CertificateFormatException));
            ForeignText.AssertHarmless(new CertificateFormatException(ForeignText.Hostile, null).Message,
                nameof(CertificateFormatException));
            ForeignText.AssertHarmless(new SystemAnchorsNotFoundException(ForeignText.Hostile, []).Message,
                nameof(SystemAnchorsNotFoundException), except: "\n");
            ForeignText.AssertHarmless(new VerificationFailure(FailureReason.Other, ForeignText.Hostile).Message,
                nameof(VerificationFailure));
        }
    }

    private static SystemAnchorSource Source(AnchorDiscovery discovery) =>
        new(discovery, new ManualTimeProvider(SampleAnchors.Now), TimeSpan.FromSeconds(10));
}
