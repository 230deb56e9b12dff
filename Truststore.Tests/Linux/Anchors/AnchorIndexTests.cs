using System.Formats.Asn1;
using System.Text;
using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class AnchorIndexTests
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    private static IEnumerable<TestCaseData> EqualNames()
    {
        var name = Name(Rdn(Utf8(Organization, "Café Org")), Rdn(Utf8(CommonName, "Root CA 1")));
        yield return Case("letter case", name, Name(Rdn(Utf8(Organization, "CAFé oRG")), Rdn(Utf8(CommonName, "rOOT ca 1"))));
        yield return Case("spaces", name, Name(Rdn(Utf8(Organization, "  Café   Org ")), Rdn(Utf8(CommonName, " Root\tCA  1"))));
        yield return Case("PrintableString", name, Name(Rdn(Utf8(Organization, "Café Org")), Rdn((CommonName, UniversalTagNumber.PrintableString, "Root CA 1"))));
        yield return Case("TeletexString", name, Name(Rdn((Organization, UniversalTagNumber.TeletexString, "Café Org")), Rdn(Utf8(CommonName, "Root CA 1"))));
        yield return Case("BMPString", name, Name(Rdn((Organization, UniversalTagNumber.BMPString, "Café Org")), Rdn((CommonName, UniversalTagNumber.BMPString, "ROOT CA 1"))));
        yield return Case("UniversalString", name, Name(Rdn((Organization, UniversalTagNumber.UniversalString, "Café Org")), Rdn(Utf8(CommonName, "Root CA 1"))));
        yield return Case("characters whose low octet is ASCII", Name(Rdn(Utf8(CommonName, "\u4E41\u0141A"))), Name(Rdn((CommonName, UniversalTagNumber.BMPString, "\u4E41\u0141a"))));
        yield return Case("order of a SET", Name(Rdn(Utf8(Organization, "Org"), Utf8(CommonName, "Root"))), Name(Rdn(Utf8(CommonName, "root"), Utf8(Organization, "ORG"))));
        yield return Case("empty", Name(), Name());
    }

    private static IEnumerable<TestCaseData> DifferentNames()
    {
        var name = Name(Rdn(Utf8(Organization, "Org")), Rdn(Utf8(CommonName, "Root CA 1")));
        yield return Case("text", name, Name(Rdn(Utf8(Organization, "Org")), Rdn(Utf8(CommonName, "Root CA 2"))));

        // These share the hash, and only the comparison tells them apart.
        yield return Case("punctuation", name, Name(Rdn(Utf8(Organization, "Org.")), Rdn(Utf8(CommonName, "Root CA 1"))));
        yield return Case("spaces inside", name, Name(Rdn(Utf8(Organization, "Org")), Rdn(Utf8(CommonName, "RootCA 1"))));
        yield return Case("order", name, Name(Rdn(Utf8(CommonName, "Root CA 1")), Rdn(Utf8(Organization, "Org"))));
        yield return Case("one SET for two", name, Name(Rdn(Utf8(Organization, "Org"), Utf8(CommonName, "Root CA 1"))));
        yield return Case("letters beyond ASCII", Name(Rdn(Utf8(CommonName, "É"))), Name(Rdn(Utf8(CommonName, "È"))));
    }

    [TestCaseSource(nameof(EqualNames))]
    public void Find_NameEqualByCanonicalForm_FindsTheEntry(byte[] subject, byte[] wanted)
    {
        var entry = new AnchorEntry(new byte[] { 1 }, subject, null, null);
        var index = new AnchorIndex([Entry(First), entry, Entry(Second)]);

        Assert.That(new DistinguishedName(subject), Is.EqualTo(new DistinguishedName(wanted)), "The case is wrong.");
        Assert.That(index.Find(new DistinguishedName(wanted)), Is.EqualTo([entry]));
    }

    [TestCaseSource(nameof(DifferentNames))]
    public void Find_DifferentName_FindsNothing(byte[] subject, byte[] wanted)
    {
        var index = new AnchorIndex([new AnchorEntry(new byte[] { 1 }, subject, null, null)]);

        Assert.That(index.Find(new DistinguishedName(wanted)), Is.Empty);
    }

    [Test]
    public void Find_SeveralEntries_ReturnsTheSameEncodingFirstAndEachInOrder()
    {
        var name = Name(Rdn(Utf8(CommonName, "Root")));
        var upper = Name(Rdn(Utf8(CommonName, "ROOT")));
        AnchorEntry[] entries = [.. ((byte[][])[upper, name, upper, name]).Select((subject, i) => new AnchorEntry(new[] { (byte)i }, subject, null, null))];

        Assert.That(new AnchorIndex(entries).Find(new DistinguishedName(name)), Is.EqualTo([entries[1], entries[3], entries[0], entries[2]]));
    }

    [Test]
    public void Find_Empty_FindsNothing() => Assert.That(AnchorIndex.Empty.Find(First.Subject), Is.Empty);

    [Test]
    public void Find_NameThatIsNone_FindsNothing() =>
        Assert.That(new AnchorIndex([Entry(First), new AnchorEntry(new byte[] { 1 }, new byte[] { 0x30, 0x05 }, null, null)]).Find(new DistinguishedName(new byte[] { 0x30, 0x05 })), Is.Empty);

    private static IEnumerable<TestCaseData> Duplicates()
    {
        yield return Duplicate("plain, then rejected", [(null, null), (null, ["1.2.3"])], null, ["1.2.3"]);
        yield return Duplicate("rejected, then plain", [(null, ["1.2.3"]), (null, null)], null, ["1.2.3"]);
        yield return Duplicate("rejected for one, then for the other", [(null, ["1.2.3"]), (null, ["1.2.4"])], null, ["1.2.3", "1.2.4"]);
        yield return Duplicate("rejected, restricted, plain", [(null, ["1.2.3"]), (["1.2.4"], null), (null, null)], ["1.2.4"], ["1.2.3"]);
        yield return Duplicate("restricted, then plain", [(["1.2.3"], null), (null, null)], ["1.2.3"], []);
        yield return Duplicate("plain, then restricted", [(null, null), (["1.2.3"], null)], ["1.2.3"], []);
        yield return Duplicate("restricted to one, then to the other", [(["1.2.3"], null), (["1.2.4"], null)], [], []);
    }

    [TestCaseSource(nameof(Duplicates))]
    public void Constructor_SameCertificateTwice_MergesItsUsages(
        (string[]? Trusted, string[]? Rejected)[] usages, string[]? trusted, string[] rejected)
    {
        AnchorEntry[] entries =
            [.. usages.Select(u => new AnchorEntry(First.RawData.ToArray(), First.Subject.RawData, u.Trusted, u.Rejected))];

        var index = new AnchorIndex([entries[0], Entry(Second), .. entries[1..], Entry(Second)], generation: 7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(index.Entries.Select(e => e.Certificate), Is.EqualTo([First, Second]));
            Assert.That(index.Find(First.Subject), Is.EqualTo([index.Entries[0]]));
            Assert.That(index.FindExact(First.RawData.Span, First.Subject.RawData), Is.SameAs(index.Entries[0]));
            Assert.That(index.Entries[0].Anchor!.TrustedUsages, Is.EqualTo(trusted));
            Assert.That(index.Entries[0].Anchor!.RejectedUsages, Is.EqualTo(rejected));
            Assert.That(index.HasRejections, Is.EqualTo(rejected.Length > 0));
            Assert.That(index.Generation, Is.EqualTo(7));
        }
    }

    [Test]
    public void Constructor_SameCertificateTwiceWithoutRestrictions_KeepsTheFirstEntry()
    {
        // What was derived from it, such as a decoded key, stays.
        var first = Entry(First);

        var index = new AnchorIndex([first, Entry(First)]);

        Assert.That(index.Entries.Single(), Is.SameAs(first));
    }

    [Test]
    public void Constructor_ManyEntries_FindsEachOne()
    {
        AnchorEntry[] entries = [.. Enumerable.Range(0, 1000).Select(i => new AnchorEntry(BitConverter.GetBytes(i), Name(Rdn(Utf8(CommonName, $"Root {i}"))), null, null))];

        var index = new AnchorIndex(entries);

        Assert.That(entries.Select(e => index.Find(new DistinguishedName(e.Subject)).Single()), Is.EqualTo(entries));
    }

    [Test]
    public void FindExact_Certificate_ComparesAllOfIt()
    {
        var index = new AnchorIndex([Entry(First), Entry(Second)]);
        byte[] changed = [.. First.RawData.Span];
        changed[^1] ^= 1;

        Assert.That(index.FindExact(First.RawData.Span, First.Subject.RawData), Is.SameAs(index.Entries[0]));
        Assert.That(index.FindExact(changed, First.Subject.RawData), Is.Null);
        Assert.That(index.FindExact(Third.RawData.Span, Third.Subject.RawData), Is.Null);
    }

    private static AnchorEntry Entry(CertificateInfo certificate) => AnchorEntry.From(new TrustAnchor(certificate));

    private static TestCaseData Case(string name, byte[] one, byte[] other) => new TestCaseData(one, other).SetArgDisplayNames(name);

    private static TestCaseData Duplicate(
        string name, (string[]? Trusted, string[]? Rejected)[] usages, string[]? trusted, string[] rejected) =>
        new TestCaseData(usages, trusted, rejected).SetArgDisplayNames(name);

    private static (string Type, UniversalTagNumber Tag, string Text) Utf8(string type, string text) => (type, UniversalTagNumber.UTF8String, text);

    private static (string Type, UniversalTagNumber Tag, string Text)[] Rdn(params (string Type, UniversalTagNumber Tag, string Text)[] attributes) => attributes;

    private static byte[] Name(params (string Type, UniversalTagNumber Tag, string Text)[][] rdns)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var rdn in rdns)
            {
                using var set = writer.PushSetOf();
                foreach (var (type, tag, text) in rdn)
                {
                    using var attribute = writer.PushSequence();
                    writer.WriteObjectIdentifier(type);
                    WriteText(writer, tag, text);
                }
            }
        }

        return writer.Encode();
    }

    private static void WriteText(AsnWriter writer, UniversalTagNumber tag, string text)
    {
        var content = tag switch
        {
            UniversalTagNumber.UniversalString => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(text),
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetBytes(text),
            UniversalTagNumber.TeletexString => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        writer.WriteEncodedValue([(byte)tag, (byte)content.Length, .. content]);
    }
}
