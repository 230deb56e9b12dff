using System.Text;
using Truststore.Tests.Forging;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Policy;

/// <summary>Malformed names and malformed name constraints never let a chain pass, in either profile (RFC 5280 §4.2.1.10).</summary>
internal sealed class NameConstraintsRuleTests
{
    private const int Permitted = 0;
    private const int Excluded = 1;

    private const GeneralNameKind Other = GeneralNameKind.OtherName;
    private const GeneralNameKind Mail = GeneralNameKind.Rfc822Name;
    private const GeneralNameKind Dns = GeneralNameKind.DnsName;
    private const GeneralNameKind X400 = GeneralNameKind.X400Address;
    private const GeneralNameKind Directory = GeneralNameKind.DirectoryName;
    private const GeneralNameKind EdiParty = GeneralNameKind.EdiPartyName;
    private const GeneralNameKind Url = GeneralNameKind.Uri;
    private const GeneralNameKind Address = GeneralNameKind.IPAddress;
    private const GeneralNameKind Identifier = GeneralNameKind.RegisteredId;

    private static readonly ForgedCertificate s_root = ForgedCertificate.Root("Root");

    [TestCase("user@example.com", true)]
    [TestCase("first.last+tag@example.com", true)]
    [TestCase("*@example.com", true)]
    [TestCase("!#$%&'*+-/=?^_`{|}~@example.com", true)]
    [TestCase("\"a@b\"@example.com", true)]
    [TestCase("\"a b\"@example.com", true)]
    [TestCase("\"a\\\"b\"@example.com", true)]
    [TestCase("\"\"@example.com", true)]
    [TestCase("a@b@example.com", false)]
    [TestCase("\"a\"b@c@example.com", false)]
    [TestCase("\"a@example.com", false)]
    [TestCase("a\"b\"@example.com", false)]
    [TestCase("\"a\".b@example.com", false)]
    [TestCase("\"a\"\"b\"@example.com", false)]
    [TestCase("\"a\\\"@example.com", false)]
    [TestCase("a..b@example.com", false)]
    [TestCase(".a@example.com", false)]
    [TestCase("a.@example.com", false)]
    [TestCase(".@example.com", false)]
    [TestCase("@example.com", false)]
    [TestCase("a b@example.com", false)]
    [TestCase("a@ example.com", false)]
    [TestCase(" a@example.com", false)]
    [TestCase("a\\@b@example.com", false)]
    [TestCase("a\0@example.com", false)]
    [TestCase("a\u007F@example.com", false)]
    [TestCase("\"a\tb\"@example.com", false)]
    [TestCase("\"a\\\tb\"@example.com", false)]
    [TestCase("<a@example.com", false)]
    [TestCase("a,b@example.com", false)]
    [TestCase("a(b)@example.com", false)]
    [TestCase("a:b@example.com", false)]
    [TestCase("a[b@example.com", false)]
    [TestCase("\u00FC@example.com", false)]
    [TestCase("\"\u00FC\"@example.com", false)]
    [TestCase("a@example.com.", false)]
    [TestCase("a@", false)]
    [TestCase("example.com", false)]
    public void Verify_NameUnderAMailConstraint_MustBeAMailbox(string name, bool isMailbox)
    {
        FailureReason[] expected = isMailbox ? [] : [FailureReason.NameConstraintViolation];
        var mailbox = Text(Mail, name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Violations(Constraints(Permitted, Text(Mail, "example.com")), TlsVerifyFlags.None, mailbox), Is.EqualTo(expected));
            Assert.That(Violations(Constraints(Permitted, Text(Mail, "example.com")), TlsVerifyFlags.X509Strict, mailbox), Is.EqualTo(expected));
            Assert.That(Violations(Constraints(Excluded, Text(Mail, "other.test")), TlsVerifyFlags.None, mailbox), Is.EqualTo(expected));
        }
    }

    /// <summary>Quotes around a local part do not make it another mailbox.</summary>
    [TestCase("user@example.com", "\"user\"@example.com")]
    [TestCase("user@example.com", "\"us\\er\"@EXAMPLE.com")]
    [TestCase("\"user\"@example.com", "user@example.com")]
    [TestCase("\"a b\"@example.com", "\"a\\ b\"@example.com")]
    public void Verify_ExcludedMailboxInAnotherSpelling_IsNotTrusted(string excluded, string name) =>
        Assert.That(
            Violations(Constraints(Excluded, Text(Mail, excluded)), TlsVerifyFlags.None, Text(Mail, name)),
            Is.EqualTo([FailureReason.NameConstraintViolation]));

    private static IEnumerable<TestCaseData> MalformedConstraints()
    {
        string[] mailboxes =
        [
            "@example.com", "a@example..com", "a@", "a@b@example.com", "a b@example.com", "a..b@example.com", "\"a@example.com",
            "a@.example.com", "a@*.example.com", "*.example.com", "exam ple.com", "..", "\u00FCser@example.com", "a@ex\u00E4mple.com",
        ];
        string[] hosts =
        [
            "..example.com", "example..com", "*.example.com", "example.com.", ".", "exam ple.com", "ex\u00E4mple.com", "-example.com",
            "example.com/path",
        ];
        string[] urls = ["https://example.com", "example.com:443", "user@example.com", "//example.com", .. hosts];
        string[] addresses =
        [
            "", "C0", "C0000200", "C0000200FFFFFF", "C0000200FF00FF00", "C0000200FFFFFFFD", "C000020000000001", "C0000200FFFFFF0000",
            "20010DB8000000000000000000000000", "20010DB8000000000000000000000000FFFFFFFF0000000000000000000000",
            "20010DB8000000000000000000000000FFFF00FF000000000000000000000000",
        ];
        (GeneralNameKind Kind, byte[] Value)[] others =
        [
            (Directory, Organization(0x0C, 0xC3, 0x28)), // UTF8String
            (Directory, Organization(0x1E, 0x00, 0x41, 0x00)), // BMPString of an odd length
            (Directory, Organization(0x1E, 0xD8, 0x00)), // half a surrogate pair
            (Directory, Organization(0x1C, 0x00, 0x11, 0x00, 0x00)), // UniversalString beyond U+10FFFF
            (Directory, Der.Sequence(Der.Set())),
            (Directory, Der.Set()),
            (Other, []),
            (Other, Der.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3")),
            (Other, [.. Der.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), .. Der.Utf8("a")]),
            (Identifier, []),
            (Identifier, [0x2B, 0x80]),
        ];
        return others
            .Concat(mailboxes.Select(mailbox => (Mail, Octets(mailbox))))
            .Concat(hosts.Select(host => (Dns, Octets(host))))
            .Concat(urls.Select(url => (Url, Octets(url))))
            .Concat(addresses.Select(address => (Address, Convert.FromHexString(address))))
            .SelectMany(c => new[] { Case(Permitted, c.Item1, c.Item2), Case(Excluded, c.Item1, c.Item2) });
    }

    /// <summary>The end-entity certificate has one DNS name, so most kinds of constraint have nothing to be compared with.</summary>
    [TestCaseSource(nameof(MalformedConstraints))]
    public void Verify_MalformedConstraint_IsNotTrusted(int side, byte[] subtree)
    {
        // A directory name that is no Name makes the whole extension malformed.
        FailureReason[][] expected = [[FailureReason.NameConstraintViolation], [FailureReason.MalformedExtension]];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reasons(Constraints(side, subtree), TlsVerifyFlags.None), Is.AnyOf(expected));
            Assert.That(Reasons(Constraints(side, Subtree(Identifier, [0x2B, 1]), subtree), TlsVerifyFlags.None), Is.AnyOf(expected), "second");
            Assert.That(Reasons(Constraints(side, subtree), TlsVerifyFlags.X509Strict), Is.Not.Empty);
        }
    }

    [TestCase(Permitted)]
    [TestCase(Excluded)]
    public void Verify_MalformedConstraintOfARoot_IsNotTrusted(int side)
    {
        var constraints = Constraints(side, Text(Mail, "@example.com"));
        var root = ForgedCertificate.Root(new ForgedSpec { Subject = Der.CommonName("Constrained root"), Extensions = [constraints] });

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([root.IssueServer()], root));

        Assert.That(result.Failures.Select(f => (f.Reason, f.CertificateIndex)), Is.EqualTo([(FailureReason.NameConstraintViolation, 1)]));
    }

    /// <summary>A list of subtrees has at least one; an empty one might mean that nothing is permitted.</summary>
    [Test]
    public void Verify_EmptyListOfPermittedSubtreesBesideExcludedOnes_IsNotTrusted()
    {
        var excluded = Der.Wrapped(Excluded, Der.Sequence(Text(Dns, "other.test")));
        var constraints = ForgedCertificate.Extension("2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(Permitted), excluded));

        Assert.That(Reasons(constraints, TlsVerifyFlags.None), Is.EqualTo([FailureReason.MalformedExtension]));
    }

    private static IEnumerable<TestCaseData> WellFormedConstraints()
    {
        var principal = Der.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
        (GeneralNameKind Kind, byte[] Value)[] allowed =
        [
            (Dns, Octets("example.com")), (Dns, Octets(".example.com")), (Dns, []),
            (Mail, Octets("user@example.com")), (Mail, Octets("\"a b\"@example.com")), (Mail, Octets("*@example.com")),
            (Mail, Octets("example.com")), (Mail, Octets(".example.com")), (Mail, []),
            (Url, Octets("example.com")), (Url, Octets(".example.com")),
            (Address, Convert.FromHexString("C0000200FFFFFF00")), (Address, new byte[8]), (Address, new byte[32]),
            (Directory, Der.Name(("2.5.4.3", "server"))),
            (Other, [.. principal, .. Der.Wrapped(0, Der.Utf8("@example.com"))]),
            (X400, Der.Sequence()), (EdiParty, Der.Wrapped(1, Der.Utf8("a"))), (Identifier, [0x2B, 1]),
        ];
        return allowed.Select(c => Case(Permitted, c.Kind, c.Value));
    }

    /// <summary>A kind that cannot be compared matters only where there is a name of that kind.</summary>
    [TestCaseSource(nameof(WellFormedConstraints))]
    public void Verify_WellFormedConstraint_IsTrusted(int side, byte[] subtree) =>
        Assert.That(Reasons(Constraints(side, subtree), TlsVerifyFlags.None), Is.Empty);

    /// <summary>Octets that are no text decode to U+FFFD, which would equal other such octets.</summary>
    [TestCase(Permitted, "\uFFFD(")]
    [TestCase(Excluded, "Other")]
    public void Verify_SubjectWithInvalidTextUnderADirectoryName_IsNotTrusted(int side, string organization)
    {
        var constraints = Constraints(side, Der.Wrapped((int)Directory, Der.Name(("2.5.4.10", organization))));
        var authority = s_root.Issue(new ForgedSpec { Subject = Der.CommonName("CA"), Extensions = [constraints] });
        var server = authority.Issue(ForgedCertificate.ServerSpec() with { Subject = Organization(0x0C, 0xC3, 0x28) });

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ForgedCertificate.Request([server, authority], s_root));

        Assert.That(result.Failures.Select(f => f.Reason), Is.EqualTo([FailureReason.NameConstraintViolation]));
    }

    private static TestCaseData Case(int side, GeneralNameKind kind, byte[] value)
    {
        var text = kind is Mail or Dns or Url ? Encoding.Latin1.GetString(value) : Convert.ToHexString(value);
        return new TestCaseData(side, Subtree(kind, value))
            .SetArgDisplayNames(side == Permitted ? "permitted" : "excluded", kind.ToString(), text);
    }

    private static FailureReason[] Violations(byte[] constraints, TlsVerifyFlags flags, byte[] name) =>
        [.. Reasons(constraints, flags, name).Where(reason => reason == FailureReason.NameConstraintViolation)];

    private static FailureReason[] Reasons(byte[] constraints, TlsVerifyFlags flags, params byte[][] names)
    {
        var authority = s_root.Issue(new ForgedSpec { Subject = Der.CommonName("CA"), Extensions = [constraints] });
        var request = ForgedCertificate.Request([authority.IssueServer(names), authority], s_root) with { VerifyFlags = flags };
        return [.. LinuxVerifiers.WithoutSystemAnchors.Verify(request).Failures.Select(f => f.Reason)];
    }

    private static byte[] Constraints(int side, params byte[][] subtrees) => ForgedCertificate.Extension(
        "2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(side, subtrees.Select(subtree => Der.Sequence(subtree)))));

    private static byte[] Subtree(GeneralNameKind kind, byte[] value) =>
        kind is Other or X400 or Directory or EdiParty ? Der.Wrapped((int)kind, value) : Der.Tagged((int)kind, value);

    private static byte[] Organization(byte tag, params byte[] text) =>
        Der.Sequence(Der.Set(Der.Sequence(Der.ObjectIdentifier("2.5.4.10"), Der.Value(tag, text))));

    private static byte[] Text(GeneralNameKind kind, string value) => Der.Tagged((int)kind, Octets(value));

    private static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);
}
