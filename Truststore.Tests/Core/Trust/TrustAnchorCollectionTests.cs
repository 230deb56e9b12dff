using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustAnchorCollectionTests
{
    private const string Server = "1.3.6.1.5.5.7.3.1";
    private const string Client = "1.3.6.1.5.5.7.3.2";
    private const string Mail = "1.3.6.1.5.5.7.3.4";
    private const string Any = "2.5.29.37.0";

    /// <summary>
    /// Usages that are all different, though some of them look the same when they are joined to one text.
    /// </summary>
    private static readonly (string[]? Trusted, string[]? Rejected)[] s_differentUsages =
    [
        (null, null),
        ([], null),
        (["*"], null),
        ([""], null),
        (["", ""], null),
        ([" "], null),
        (["|"], null),
        (["1 2"], null),
        (["1", "2"], null),
        (["2", "1"], null),
        (["12"], null),
        (["1", "2", ""], null),
        (["1"], ["2"]),
        (["1|2"], null),
        (["1|"], ["2"]),
        (["1"], ["|2"]),
        (["*|1"], null),
        (null, ["1"]),
        (null, ["1", "2"]),
        (null, ["1 2"]),
        (null, ["*"]),
        (null, [""]),
        (["*"], ["1"]),
        ([], ["1"]),
        (["\uD800"], null),
        (["\uD801"], null),
        (["\uFFFD"], null),
        (["1\0"], null),
    ];

    /// <summary>What entries of one certificate may say of it.</summary>
    private static readonly (string[]? Trusted, string[]? Rejected)[] s_duplicates =
    [
        (null, null),
        ([], null),
        ([Server], null),
        ([Client], null),
        ([Server, Client], null),
        ([Any], null),
        ([Any, Mail], null),
        ([Mail], null),
        (null, [Server]),
        (null, [Client]),
        (null, [Any]),
        (null, [Mail]),
        ([Server, Client], [Server]),
        ([Client], [Client]),
    ];

    private static IEnumerable<TestCaseData> Duplicates()
    {
        yield return Case("plain, then rejected", [(null, null), (null, [Server])], null, [Server]);
        yield return Case("rejected, then plain", [(null, [Server]), (null, null)], null, [Server]);
        yield return Case("rejected, then trusted", [(null, [Server]), ([Server], null)], [Server], [Server]);
        yield return Case("rejected for one, then for the other", [(null, [Server]), (null, [Client])], null, [Server, Client]);
        yield return Case("rejected between two plain ones", [(null, null), (null, [Any]), (null, null)], null, [Any]);
        yield return Case("restricted, then plain", [([Client], null), (null, null)], [Client], []);
        yield return Case("plain, then restricted", [(null, null), ([Client], null)], [Client], []);
        yield return Case("restricted to one, then to the other", [([Client], null), ([Server], null)], [], []);
        yield return Case("restricted to one, then to both", [([Client], null), ([Server, Client], null)], [Client], []);
        yield return Case("restricted to one, then to any", [([Client], null), ([Any], null)], [Client], []);
        yield return Case("trusted for any, then restricted to one", [([Any], null), ([Client], null)], [Client], []);
        yield return Case("trusted for nothing, then plain", [([], null), (null, null)], [], []);
        yield return Case("the same twice", [([Client], [Mail]), ([Client], [Mail])], [Client], [Mail]);
    }

    [Test]
    public void ContentHash_UsagesThatDiffer_NeverCollides()
    {
        var certificate = CertificateInfo.Parse(Root);
        var hashes = s_differentUsages.Select(u => Hash(new TrustAnchor(certificate, u.Trusted, u.Rejected))).ToList();

        for (var i = 0; i < hashes.Count; i++)
        {
            Assert.That(hashes.IndexOf(hashes[i]), Is.EqualTo(i), "Another entry of the table has the same hash.");
        }
    }

    [Test]
    public void ContentHash_AnchorsThatDiffer_NeverCollides()
    {
        var root = new TrustAnchor(CertificateInfo.Parse(Root));
        var other = new TrustAnchor(CertificateInfo.Parse(OtherRoot));
        string[] hashes = [Hash(), Hash(root), Hash(other), Hash(root, other), Hash(other, root)];

        Assert.That(hashes.Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(5));
    }

    [Test]
    public void ContentHash_SameContent_IsTheSame()
    {
        var once = HashOfTwo();

        Assert.That(HashOfTwo(), Is.EqualTo(once));
        Assert.That(once, Has.Length.EqualTo(64));

        static string HashOfTwo() =>
            Hash(new TrustAnchor(CertificateInfo.Parse(Root), [Server], [Client]), new TrustAnchor(CertificateInfo.Parse(OtherRoot)));
    }

    [Test]
    public void ContentHash_AskedForByManyThreadsAtOnce_IsWholeForEach()
    {
        var anchor = new TrustAnchor(CertificateInfo.Parse(Root));
        var expected = Hash(anchor);

        for (var i = 0; i < 200; i++)
        {
            var collection = new TrustAnchorCollection([anchor]);
            var hashes = new string[8];
            Parallel.For(0, hashes.Length, number => hashes[number] = Convert.ToHexString(collection.ContentHash.Span));
            Assert.That(hashes, Is.All.EqualTo(expected));
        }
    }

    [TestCaseSource(nameof(Duplicates))]
    public void Constructor_OneCertificateSeveralTimes_MergesItsUsages(
        (string[]? Trusted, string[]? Rejected)[] entries, string[]? trusted, string[] rejected)
    {
        var certificate = CertificateInfo.Parse(Root);
        var other = new TrustAnchor(CertificateInfo.Parse(OtherRoot));

        // The certificate is decoded for each entry, as it is when it comes from several files.
        var anchors = entries.Select(e => new TrustAnchor(CertificateInfo.Parse(Root), e.Trusted, e.Rejected));
        var collection = new TrustAnchorCollection(anchors.Append(other));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(collection.Select(a => a.Certificate), Is.EqualTo([certificate, other.Certificate]));
            Assert.That(collection[0].TrustedUsages, Is.EqualTo(trusted));
            Assert.That(collection[0].RejectedUsages, Is.EqualTo(rejected));
        }
    }

    /// <summary>
    /// In every order: trusted for what all entries trust it for, distrusted for what any of them rejects.
    /// </summary>
    [Test]
    public void Constructor_ThreeEntriesOfOneCertificate_TrustsWhatAllOfThemTrust()
    {
        var certificate = CertificateInfo.Parse(Root);
        TrustAnchor[] anchors = [.. s_duplicates.Select(u => new TrustAnchor(certificate, u.Trusted, u.Rejected))];
        var wrong = new List<string>();
        foreach (var one in anchors)
        {
            foreach (var two in anchors)
            {
                foreach (var three in anchors)
                {
                    TrustAnchor[] entries = [one, two, three];
                    var merged = new TrustAnchorCollection(entries).Single();
                    foreach (var purpose in (PeerPurpose[])[PeerPurpose.ServerAuthentication, PeerPurpose.ClientAuthentication])
                    {
                        if (merged.IsTrustedFor(purpose) != entries.All(e => e.IsTrustedFor(purpose)))
                        {
                            var usages = entries.Select(e => $"{Text(e.TrustedUsages)} / {Text(e.RejectedUsages)}");
                            wrong.Add($"{purpose}: {string.Join("; ", usages)}");
                        }
                    }
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Constructor_NullAmongTheAnchors_Throws() =>
        Assert.That(() => new TrustAnchorCollection([new TrustAnchor(CertificateInfo.Parse(Root)), null!]), Throws.ArgumentException);

    /// <summary>Links of a hashed directory to a plain file and to one with restrictions.</summary>
    [TestCase("00000001.0", "00000002.0")]
    [TestCase("00000002.0", "00000001.0")]
    [Platform(Exclude = "Win", Reason = "links want a privilege")]
    public void LoadVerifyLocations_HashedDirectoryWithAPlainAndARejectedCopy_IsRejected(string plain, string rejected)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("plain.pem", RootPem);
        directory.Write("rejected.pem", Pem("TRUSTED CERTIFICATE", [.. Root, 0x30, 0x08, 0xA0, 0x06, 0x06, 0x04, 0x55, 0x1D, 0x25, 0x00]));
        directory.Link(plain, "plain.pem");
        directory.Link(rejected, "rejected.pem");
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caPath: directory.FullName);

        Assert.That(context.AddedAnchors.Single().RejectedUsages, Is.EqualTo([Any]));
        Assert.That(context.AddedAnchors.Single().IsTrustedFor(PeerPurpose.ServerAuthentication), Is.False);
    }

    private static string Hash(params IEnumerable<TrustAnchor> anchors) =>
        Convert.ToHexString(new TrustAnchorCollection(anchors).ContentHash.Span);

    private static string Text(IEnumerable<string>? usages) => usages is null ? "null" : $"[{string.Join(", ", usages)}]";

    private static TestCaseData Case(
        string name, (string[]? Trusted, string[]? Rejected)[] entries, string[]? trusted, string[] rejected) =>
        new TestCaseData(entries, trusted, rejected).SetArgDisplayNames(name);
}
