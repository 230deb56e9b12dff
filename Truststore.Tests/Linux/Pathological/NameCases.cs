using System.Globalization;
using System.Net;
using System.Text;
using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>Names times name constraints, of each kind.</summary>
internal static class NameCases
{
    private const int Within = 300;
    private const FailureReason Budget = FailureReason.NameConstraintBudgetExceeded;

    internal static IEnumerable<PathologicalCase> All()
    {
        yield return Case("10,000 DNS constraints, 4,000 names", Excluded(10_000, DnsConstraint), Names(4000, DnsName), Budget);
        yield return Case("300 excluded DNS constraints, 299 names", Excluded(Within, DnsConstraint), Names(Within - 1, DnsName), null);
        yield return Case("300 permitted DNS constraints, 299 names", Permitted(Within, DnsConstraint), Names(Within - 1, DnsName), FailureReason.NameConstraintViolation);
        yield return Case("300 excluded DNS constraints, 299 long names", Excluded(Within, i => Der.Tagged(2, Long(i))), Names(Within - 1, i => Der.Tagged(2, Long(i + Within))), null);
        yield return Case("300 excluded e-mail constraints, 300 addresses", Excluded(Within, MailConstraint), Names(Within, MailName), null);
        yield return Case("300 excluded mailboxes, 300 addresses", Excluded(Within, i => Der.Tagged(1, [.. "x"u8, .. Mail(i)])), Names(Within, MailName), null);
        yield return Case("1,500 excluded e-mail constraints, long addresses", Excluded(1500, MailConstraint), Names(60, i => Der.Tagged(1, [.. Mail(i), .. new byte[2000]])), FailureReason.NameConstraintViolation);
        yield return Case("1,500 excluded e-mail constraints, long mailboxes", Excluded(1500, MailConstraint), Names(60, i => Der.Tagged(1, [.. Enumerable.Repeat((byte)'x', 3000), .. Mail(i)])), null);
        yield return Case("300 excluded URI constraints, 300 URIs", Excluded(Within, i => Der.Tagged(6, Host(i))), Names(Within, UriName), null);
        yield return Case("1,500 excluded URI constraints, long URIs", Excluded(1500, i => Der.Tagged(6, Host(i))), Names(60, i => Der.Tagged(6, [.. "https://"u8, .. DnsName(i)[2..], .. "/"u8, .. Enumerable.Repeat((byte)'x', 3000)])), null);
        yield return Case("300 excluded address ranges, 300 addresses", Excluded(Within, i => Der.Tagged(7, [.. Address(i), 255, 255, 255, 255])), Names(Within, i => Der.Tagged(7, Address(Within + i))), null);
        yield return Case("300 excluded directory names, 299 names", Excluded(Within, i => DirectoryName(1, i)), Names(Within - 1, i => DirectoryName(2, i)), null);
        yield return Case("60 excluded directory names of 200 attributes, 40 names", Excluded(60, i => DirectoryName(200, i)), Names(40, i => DirectoryName(200, i + 1000)), null);
        yield return Case("50 excluded long directory names, 50 names", Excluded(50, i => LongDirectoryName(3000, i)), Names(50, i => LongDirectoryName(3000, i + 1000)), null);
        yield return Case("constraints of a kind that nobody compares", Excluded(Within, i => Der.Tagged(8, [0x2B, 1])), Names(Within, i => Der.Tagged(8, [0x2B, 1])), FailureReason.NameConstraintViolation);
        yield return Case("thousands of constraints, no name of their kind", Excluded(10_000, MailConstraint), Names(4000, DnsName), null);
        yield return new("16 CAs of 1,000 constraints each, 4,000 names", () => Deep(1000, 4000), Budget);
        yield return new("16 CAs of constraints of no name's kind, 4,000 names", () => Deep(200, 4000, MailConstraint), null);
        yield return new("mesh under constraints that 4,000 names break at last", Mesh, FailureReason.NameConstraintViolation);
    }

    private static byte[] Host(int i) => Encoding.ASCII.GetBytes($"host-{i}.example.org");

    private static byte[] Mail(int i) => Encoding.ASCII.GetBytes($"user@host-{i}.example.net");

    private static byte[] Long(int i) => Encoding.ASCII.GetBytes($"{string.Concat(Enumerable.Repeat("a.", 110))}host-{i:D5}.example.org");

    private static byte[] Address(int i) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.0.{i / 250}.{i % 250}")).GetAddressBytes();

    private static byte[] DnsConstraint(int i) => Der.Tagged(2, Host(i));

    private static byte[] DnsName(int i) => Der.Tagged(2, Encoding.ASCII.GetBytes($"host-{i}.example.com"));

    private static byte[] MailConstraint(int i) => Der.Tagged(1, Host(i));

    private static byte[] MailName(int i) => Der.Tagged(1, Mail(i));

    private static byte[] UriName(int i) => Der.Tagged(6, Encoding.ASCII.GetBytes($"https://host-{i}.example.net/path?{i}"));

    private static byte[] DirectoryName(int attributes, int i) => Der.Wrapped(4, Der.Name(Enumerable.Range(0, attributes).Select(a => ("2.5.4.10", a == attributes - 1 ? $"Name {i}" : "same"))));

    private static byte[] LongDirectoryName(int octets, int i) => Der.Wrapped(4, Der.Name(("2.5.4.10", new string('x', octets) + i)));

    private static byte[][] Names(int count, Func<int, byte[]> make) => [.. Enumerable.Range(0, count).Select(make)];

    private static byte[] Subtrees(int tag, int count, Func<int, byte[]> make) => Der.Wrapped(tag, Enumerable.Range(0, count).Select(i => Der.Sequence(make(i))));

    private static byte[] Excluded(int count, Func<int, byte[]> make) => Constraints(Subtrees(1, count, make));

    private static byte[] Permitted(int count, Func<int, byte[]> make) => Constraints(Subtrees(0, count, make));

    private static byte[] Constraints(byte[] subtrees) => Extension("2.5.29.30", isCritical: true, Der.Sequence(subtrees));

    private static PathologicalCase Case(string name, byte[] constraints, byte[][] names, FailureReason? expected) => new(
        name,
        () =>
        {
            var root = Root("Root");
            var intermediate = root.Issue(new ForgedSpec { Subject = Der.CommonName("Intermediate"), Extensions = [constraints] });
            return Request([intermediate.IssueServer(names), intermediate], root);
        },
        expected);

    private static ChainVerificationRequest Deep(int constraints, int names, Func<int, byte[]>? make = null)
    {
        var root = Root("Root");
        List<ForgedCertificate> chain = [];
        var issuer = root;
        for (var i = 0; i < 16; i++)
        {
            issuer = issuer.Issue(new ForgedSpec { Subject = Der.CommonName($"Intermediate {i}"), Extensions = [Excluded(constraints, make ?? DnsConstraint)] });
            chain.Insert(0, issuer);
        }

        return Request([issuer.IssueServer(Names(names, DnsName)), .. chain], root);
    }

    private static ChainVerificationRequest Mesh()
    {
        var anchor = Root(new ForgedSpec { Subject = Der.CommonName("Top"), Extensions = [Excluded(10, i => i == 9 ? Der.Tagged(2, []) : Der.Tagged(1, Host(i)))] });
        List<ForgedCertificate> above = [anchor];
        List<ForgedCertificate> all = [];
        for (var level = 0; level < 10; level++)
        {
            var twins = above.SelectMany(issuer => Enumerable.Range(0, 2).Select(_ => issuer.Issue(new ForgedSpec { Subject = Der.CommonName($"Level {level}"), Key = above[0].Key, OmitKeyIdentifiers = true, Extensions = [Excluded(20, MailConstraint)] }))).Take(3).ToList();
            all.AddRange(twins);
            above = twins;
        }

        return Request([above[0].IssueServer(Names(4000, DnsName)), .. all], anchor);
    }
}
