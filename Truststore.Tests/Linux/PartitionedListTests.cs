using System.Text;
using Truststore.Platform.Linux;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux;

/// <summary>Revocation lists that are about some certificates or some reasons only (RFC 5280 §5.2.5, §6.3.3).</summary>
internal sealed class PartitionedListTests
{
    private const FailureReason Unknown = FailureReason.RevocationStatusUnknown;
    private const string PointA = "http://crl.example.com/1.crl";
    private const string PointB = "http://crl.example.com/2.crl";

    private static readonly ForgedCertificate s_root = ForgedCertificate.Root("Root");

    // The content octets of BIT STRINGs; bit 1 is keyCompromise, bit 8 aACompromise.
    private static readonly byte[] s_allReasons = [0x07, 0x7F, 0x80];
    private static readonly byte[] s_keyCompromise = [0x06, 0x40];
    private static readonly byte[] s_allButKeyCompromise = [0x07, 0x3F, 0x80];

    private static IEnumerable<TestCaseData> Coverage()
    {
        byte[][] anyPoint = [];
        byte[][] pointA = [Point(Name(PointA))];
        byte[][] bothPoints = [Point(Name(PointA)), Point(Name(PointB))];

        yield return Case("no points, no scope", anyPoint, null, (byte[]?)null);
        yield return Case("no points, partition", anyPoint, Unknown, Name(PointA));
        yield return Case("point, no scope", pointA, null, (byte[]?)null);
        yield return Case("point, its partition", pointA, null, Name(PointA));
        yield return Case("point, another partition", pointA, Unknown, Name(PointB));
        yield return Case("point, both partitions", pointA, null, Name(PointB), Name(PointA));
        yield return Case("point, partition whose name begins like it", pointA, Unknown, Name(PointA + "2"));
        yield return Case("two points, partition of the second", bothPoints, null, Name(PointB));
        yield return Case("several names, one in common", [Point(Name("ldap://a", PointA))], null, Name("http://b", PointA));
        yield return Case("several names, none in common", [Point(Name("ldap://a", PointA))], Unknown, Name("http://b", "http://c"));
        yield return Case("same text, another kind of name", pointA, Unknown, FullName(Der.Tagged(2, Encoding.ASCII.GetBytes(PointA))));

        yield return Case("relative names", [Point(Relative("1"))], null, Relative("1"));
        yield return Case("relative names that differ", [Point(Relative("1"))], Unknown, Relative("2"));
        yield return Case("relative and full name", [Point(Relative("1"))], null, Directory(("2.5.4.3", "Root"), ("2.5.4.3", "1")));
        yield return Case("full and relative name", [Point(Directory(("2.5.4.3", "Root"), ("2.5.4.3", "1")))], null, Relative("1"));
        yield return Case("name below another issuer", [Point(Relative("1"))], Unknown, Directory(("2.5.4.3", "Other"), ("2.5.4.3", "1")));
        yield return Case("issuer's name, no points", anyPoint, null, Directory(("2.5.4.3", "ROOT")));
        yield return Case("another name, no points", anyPoint, Unknown, Directory(("2.5.4.3", "Root 2")));

        yield return Case("end-entity certificates", anyPoint, null, Der.Tagged(1, [0xFF]));
        yield return Case("CA certificates", anyPoint, Unknown, Der.Tagged(2, [0xFF]));
        yield return Case("attribute certificates", anyPoint, Unknown, Der.Tagged(5, [0xFF]));
        yield return Case("end-entity certificates of another partition", pointA, Unknown, [.. Name(PointB), .. Der.Tagged(1, [0xFF])]);

        yield return Case("indirect list", anyPoint, Unknown, Der.Tagged(4, [0xFF]));
        yield return Case("another CRL issuer", [Point([.. Name(PointA), .. ListIssuer("Other")])], Unknown, Name(PointA));
        yield return Case("CRL issuer is the issuer", [Point([.. Name(PointA), .. ListIssuer("Root")])], null, Name(PointA));
        yield return Case("point without a name", [Point(ListIssuer("Other"))], Unknown, Name(PointA));
        yield return Case("points that cannot be decoded", [Point(Name(PointA)), Der.Sequence(Der.Integer(1))], Unknown, Name(PointA));
    }

    private static IEnumerable<TestCaseData> Reasons()
    {
        byte[][] anyPoint = [];
        byte[][] splitPoints =
        [
            Point([.. Name(PointA), .. Der.Tagged(1, s_keyCompromise)]),
            Point([.. Name(PointB), .. Der.Tagged(1, s_allButKeyCompromise)]),
        ];

        yield return Case("one reason", anyPoint, Unknown, Der.Tagged(3, s_keyCompromise));
        yield return Case("the other reasons", anyPoint, Unknown, Der.Tagged(3, s_allButKeyCompromise));
        yield return Case("all reasons", anyPoint, null, Der.Tagged(3, s_allReasons));
        yield return Case("all reasons by two lists", anyPoint, null, Der.Tagged(3, s_keyCompromise), Der.Tagged(3, s_allButKeyCompromise));
        yield return Case("one reason by two lists", anyPoint, Unknown, Der.Tagged(3, s_keyCompromise), Der.Tagged(3, s_keyCompromise));
        yield return Case("one reason, and a list without scope", anyPoint, null, Der.Tagged(3, s_keyCompromise), null);
        yield return Case("no reason", anyPoint, Unknown, Der.Tagged(3, [0x00]));
        yield return Case("the unused bit", anyPoint, Unknown, Der.Tagged(3, [0x07, 0x80]));
        yield return Case("bits after the last reason", anyPoint, Unknown, Der.Tagged(3, [0x00, 0x00, 0x00, 0x00, 0x00, 0x7F, 0xFF]));
        yield return Case("all reasons, other certificates", anyPoint, Unknown, [.. Name(PointA), .. Der.Tagged(3, s_allReasons)]);

        yield return Case("point of one reason, its partition", splitPoints, Unknown, Name(PointA));
        yield return Case("points of all reasons, all partitions", splitPoints, null, Name(PointA), Name(PointB));
        yield return Case("points of one reason, no scope", splitPoints[..1], null, (byte[]?)null);
        byte[] otherReasonsAtA = [.. Name(PointA), .. Der.Tagged(3, s_allButKeyCompromise)];
        yield return Case("point and list of different reasons", splitPoints, Unknown, otherReasonsAtA, Name(PointB));
    }

    private static IEnumerable<TestCaseData> MalformedScopes()
    {
        byte[] yes = [0xFF];
        yield return Case("fields out of order", [], Unknown, [.. Der.Tagged(3, s_allReasons), .. Der.Tagged(1, yes)]);
        yield return Case("field twice", [], Unknown, [.. Der.Tagged(1, yes), .. Der.Tagged(1, yes)]);
        yield return Case("name twice", [Point(Name(PointA))], Unknown, [.. Name(PointA), .. Name(PointA)]);
        yield return Case("unknown field", [], Unknown, Der.Tagged(6, yes));
        yield return Case("two kinds of certificate", [], Unknown, [.. Der.Tagged(1, yes), .. Der.Tagged(2, yes)]);
        yield return Case("name of neither form", [], Unknown, Der.Wrapped(0, Der.Wrapped(2)));
        yield return Case("name without names", [], Unknown, Der.Wrapped(0, Der.Wrapped(0)));
        yield return Case("empty name", [], Unknown, Der.Wrapped(0));
        yield return Case("relative name that is no name", [], Unknown, Der.Wrapped(0, Der.Wrapped(1, Der.Integer(1))));
        yield return Case("relative name without attributes", [], Unknown, Der.Wrapped(0, Der.Wrapped(1)));
        yield return Case("reasons without an octet", [], Unknown, Der.Tagged(3, []));
    }

    [TestCaseSource(nameof(Coverage))]
    [TestCaseSource(nameof(Reasons))]
    [TestCaseSource(nameof(MalformedScopes))]
    public void Verify_ListsWithAScope_CoverTheirCertificatesOnly(byte[][] points, FailureReason? expected, byte[]?[] scopes)
    {
        var server = s_root.Issue(Server(points));
        var lists = scopes.Select(scope => ForgedList.Of(s_root, scope)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason(server, TlsVerifyFlags.CrlCheckLeaf, lists), Is.EqualTo(expected));
            Assert.That(Reason(server, TlsVerifyFlags.None, lists), Is.Null, "nothing is asked for");
        }
    }

    private static IEnumerable<TestCaseData> Entries()
    {
        yield return new TestCaseData(null, FailureReason.Revoked).SetArgDisplayNames("no scope");
        yield return new TestCaseData(Name(PointA), FailureReason.Revoked).SetArgDisplayNames("its partition");
        yield return new TestCaseData(Name(PointB), FailureReason.Revoked).SetArgDisplayNames("another partition");
        yield return new TestCaseData(Der.Tagged(2, [0xFF]), FailureReason.Revoked).SetArgDisplayNames("CA certificates");
        yield return new TestCaseData(Der.Tagged(3, s_keyCompromise), FailureReason.Revoked).SetArgDisplayNames("one reason");
        yield return new TestCaseData(Der.Tagged(5, [0xFF]), null).SetArgDisplayNames("attribute certificates");
        yield return new TestCaseData(Der.Tagged(4, [0xFF]), null).SetArgDisplayNames("indirect list");
    }

    /// <summary>A serial number stands for one certificate of its issuer, in whichever list the issuer has written it.</summary>
    [TestCaseSource(nameof(Entries))]
    public void Verify_ListThatNamesTheCertificate_RevokesItWhateverItsScope(byte[]? scope, FailureReason? expected)
    {
        var server = s_root.Issue(Server(Point(Name(PointA))));
        var list = ForgedList.Of(s_root, scope, server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason(server, TlsVerifyFlags.None, [list]), Is.EqualTo(expected));
            Assert.That(Reason(server, TlsVerifyFlags.CrlCheckLeaf, [list]), Is.EqualTo(expected ?? Unknown));
            var complete = ForgedList.Of(s_root, scope: null);
            Assert.That(Reason(server, TlsVerifyFlags.CrlCheckLeaf, [complete, list]), Is.EqualTo(expected), "beside a complete list");
        }
    }

    [Test]
    public void Verify_PartitionThatNamesTheCertificateAndIsForged_DoesNotCount()
    {
        var server = s_root.Issue(Server(Point(Name(PointA))));

        Assert.That(Reason(server, TlsVerifyFlags.None, [ForgedList.Of(ForgedCertificate.Root("Root"), Name(PointB), server)]), Is.Null);
    }

    [TestCase(1, 2, null)]
    [TestCase(2, 1, Unknown)]
    [TestCase(1, 1, Unknown)]
    public void Verify_ListsOfEndEntityAndCaCertificates_CoverTheirKind(int scopeOfLeaf, int scopeOfIntermediate, FailureReason? expected)
    {
        var intermediate = s_root.Issue(new ForgedSpec { Subject = Der.CommonName("CA") });
        var request = ForgedCertificate.Request([intermediate.Issue(Server()), intermediate], s_root) with
        {
            VerifyFlags = TlsVerifyFlags.CrlCheckChain,
            RevocationLists =
            [
                ForgedList.Of(intermediate, Der.Tagged(scopeOfLeaf, [0xFF])),
                ForgedList.Of(s_root, Der.Tagged(scopeOfIntermediate, [0xFF])),
            ],
        };

        Assert.That(Reason(request), Is.EqualTo(expected));
    }

    /// <summary>A list about other certificates is in order; it says nothing of this one.</summary>
    [Test]
    public void Verify_StrictWithAPartitionOfOtherCertificates_IsTrusted()
    {
        var usage = ForgedCertificate.Extension("2.5.29.37", isCritical: false, Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.3.1")));
        var server = s_root.Issue(ForgedCertificate.ServerSpec() with { Extensions = [usage] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reason(server, TlsVerifyFlags.X509Strict, [ForgedList.Of(s_root, Name(PointA))]), Is.Null);
            var malformed = ForgedList.Of(s_root, Der.Wrapped(0));
            Assert.That(Reason(server, TlsVerifyFlags.X509Strict, [malformed]), Is.EqualTo(Unknown), "malformed");
        }
    }

    [Test]
    public void Verify_PartitionOfOtherCertificates_SaysSo()
    {
        var request = ForgedCertificate.Request([s_root.Issue(Server())], s_root) with
        {
            VerifyFlags = TlsVerifyFlags.CrlCheckLeaf,
            RevocationLists = [ForgedList.Of(s_root, Name(PointA))],
        };

        var failure = new LinuxChainVerifier(findSystemAnchors: false).Verify(request).Failures.Single();

        Assert.That(failure.Message, Does.Contain("the CRLs of CN=Root cover other certificates"));
    }

    private static TestCaseData Case(string name, byte[][] points, FailureReason? expected, params byte[]?[] scopes) =>
        new TestCaseData(points, expected, scopes).SetArgDisplayNames(name);

    private static FailureReason? Reason(ForgedCertificate server, TlsVerifyFlags flags, IReadOnlyList<CertificateRevocationList> lists) =>
        Reason(ForgedCertificate.Request([server], s_root) with { VerifyFlags = flags, RevocationLists = lists });

    private static FailureReason? Reason(ChainVerificationRequest request) =>
        LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures is [var failure, ..] ? failure.Reason : null;

    private static ForgedSpec Server(params byte[][] points) => ForgedCertificate.ServerSpec() with
    {
        Extensions = points.Length == 0 ? [] : [ForgedCertificate.Extension("2.5.29.31", isCritical: false, Der.Sequence(points))],
    };

    /// <summary>A DistributionPoint of fields.</summary>
    private static byte[] Point(byte[] fields) => Der.Sequence(fields);

    /// <summary>The field [0] of a distribution point: a full name of URLs.</summary>
    private static byte[] Name(params string[] urls) => FullName(urls.Select(url => Der.Tagged(6, Encoding.ASCII.GetBytes(url))));

    /// <summary>The field [0] of a distribution point: a full name that is a directory name.</summary>
    private static byte[] Directory(params (string Type, string Text)[] attributes) => FullName(Der.Wrapped(4, Der.Name(attributes)));

    private static byte[] FullName(params IEnumerable<byte[]> names) => Der.Wrapped(0, Der.Wrapped(0, names));

    /// <summary>The field [0] of a distribution point: a common name below the issuer's name.</summary>
    private static byte[] Relative(string commonName) =>
        Der.Wrapped(0, Der.Wrapped(1, Der.Sequence(Der.ObjectIdentifier("2.5.4.3"), Der.Utf8(commonName))));

    /// <summary>The field [2] of a certificate's distribution point: who signs the lists.</summary>
    private static byte[] ListIssuer(string commonName) => Der.Wrapped(2, Der.Wrapped(4, Der.CommonName(commonName)));
}
