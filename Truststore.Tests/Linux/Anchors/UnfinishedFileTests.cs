using System.Text;
using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>Files of anchors that are looked at while they are being written.</summary>
internal sealed class UnfinishedFileTests : IDisposable
{
    /// <summary>X509_CERT_AUX that rejects every usage.</summary>
    private static readonly byte[] s_rejecting = [0x30, 0x08, 0xA0, 0x06, 0x06, 0x04, 0x55, 0x1D, 0x25, 0x00];

    private const string Bundle = "/etc/ssl/cert.pem";
    private const string OtherBundle = "/etc/ssl/ca-bundle.pem";

    private readonly SystemRoot _root = new();
    private readonly ManualTimeProvider _clock = new(Now);

    /// <summary>A bundle of the first anchor and then the second, cut off somewhere.</summary>
    private static IEnumerable<TestCaseData> CutOffs()
    {
        var first = Pem(First);
        var second = Pem(Second);
        var end = second.IndexOf("-----END", StringComparison.Ordinal);
        var base64 = Convert.ToBase64String(Second.RawData.Span);
        yield return Case("nothing", "");
        yield return Case("within the first BEGIN line", "-----BEG");
        yield return Case("behind the first BEGIN line", "-----BEGIN CERTIFICATE-----\n");
        yield return Case("within the first block", first[..100]);
        yield return Case("dashes of the second BEGIN line", first + "-----");
        yield return Case("within the second BEGIN line", first + "-----BEGIN CERTIFI");
        yield return Case("behind the second BEGIN line", first + "-----BEGIN CERTIFICATE-----");
        yield return Case("within the second block, amid a line", first + second[..300]);
        yield return Case("within the second block, at a line's end", first + second[..(second.IndexOf('\n', 300) + 1)]);
        yield return Case("before the second END line", first + second[..end]);
        yield return Case("within the second END line", first + second[..(end + 12)]);
        yield return Case("within the last dashes", first + second.TrimEnd()[..^2]);
        yield return Case("CRLF, within the second END line", (first + second[..(end + 12)]).ReplaceLineEndings("\r\n"));
        yield return Case("Base64 of the last block cut", first + $"-----BEGIN CERTIFICATE-----\n{base64[..401]}\n-----END CERTIFICATE-----");
        yield return Case("encoding of the last block cut", first + $"-----BEGIN CERTIFICATE-----\n{base64[..400]}\n-----END CERTIFICATE-----");
        yield return Case("within a restricted block", first + TrustedPem(Second, 0x30, 0x00)[..300]);
        yield return Case("within a revocation list", first + "-----BEGIN X509 CRL-----\nAAAA");
    }

    [TestCaseSource(nameof(CutOffs))]
    public void CheckForChanges_BundleCutOff_KeepsItsAnchorsSaysSoAndReadsItWhenItIsWhole(string text)
    {
        _root.Write(Bundle, First, Second);
        _root.Write(OtherBundle, Third);
        var source = OpenSettled();
        var before = source.Current;

        _root.WriteText(Bundle, text);
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            source.CheckForChanges();
            Assert.That(source.Current, Is.SameAs(before));
        }

        var description = new LinuxSystemAnchors(source).Describe();
        Assert.That(description.LoadedAt, Is.EqualTo(Now));
        Assert.That(description.Tried.Select(t => t.Remark), Has.Some.Contains("stay in use"));

        _root.Write(Bundle, Third);
        source.CheckForChanges();
        Assert.That(Certificates(source), Is.EqualTo([Third]));
        Assert.That(new LinuxSystemAnchors(source).Describe().Tried.Select(t => t.Remark), Has.None.Contains("stay in use"));
    }

    [TestCaseSource(nameof(CutOffs))]
    public void CheckForChanges_FileOfADirectoryCutOff_KeepsItsAnchorsAndTakesTheOthersChanges(string text)
    {
        _root.Write("/corp/00000001.0", First, Second);
        _root.Write("/corp/00000002.0", Third);
        var source = OpenSettled(directory: "/corp");

        _root.WriteText("/corp/00000001.0", text);
        _root.WriteText("/corp/00000002.0", TrustedPem(Third, s_rejecting));
        source.CheckForChanges();

        Assert.That(Certificates(source), Is.EqualTo([First, Second, Third]));
        Assert.That(source.Current.Entries[2].IsRejectedFor(PeerPurpose.ServerAuthentication), "Distrust in other files is not delayed.");
        Assert.That(RemarkOn(source), Does.Contain("00000001.0").And.Contain("stay in use"));
    }

    /// <summary>Trust waits for the whole file; distrust does not.</summary>
    [Test]
    public void CheckForChanges_CutOffBehindARejection_DistrustsAtOnce()
    {
        _root.Write(Bundle, First, Second);
        var source = OpenSettled();

        _root.WriteText(Bundle, TrustedPem(First, s_rejecting) + Pem(Third) + Pem(Second)[..300]);
        source.CheckForChanges();

        Assert.That(Certificates(source), Is.EqualTo([First, Second]));
        Assert.That(source.Current.Entries.Select(e => e.IsTrustedFor(PeerPurpose.ServerAuthentication)), Is.EqualTo([false, true]));

        // What was distrusted on the way is not remembered when the file turns out to be another one.
        _root.Write(Bundle, First, Second);
        source.CheckForChanges();
        Assert.That(source.Current.Entries.Select(e => e.IsTrustedFor(PeerPurpose.ServerAuthentication)), Is.EqualTo([true, true]));
    }

    [Test]
    public void CheckForChanges_FileOfTheVariableEmptiedBesideADirectory_KeepsItsAnchors()
    {
        _root.Write("/corp/ca.pem", First);
        _root.Write("/corp/certs/00000001.0", Second);
        var source = OpenSettled(file: "/corp/ca.pem", directory: "/corp/certs");

        _root.WriteText("/corp/ca.pem", "");
        source.CheckForChanges();

        Assert.That(Certificates(source), Is.EqualTo([First, Second]));
    }

    [Test]
    public void CheckForChanges_BetterPlaceGetsAHalfWrittenBundle_StaysWithTheOther()
    {
        _root.Write(OtherBundle, First, Second);
        var source = OpenSettled();

        _root.WriteText(Bundle, Pem(First) + Pem(Second)[..300]);
        source.CheckForChanges();
        var remarks = new LinuxSystemAnchors(source).Describe().Tried.Select(t => t.Remark).ToList();
        Assert.That(Certificates(source), Is.EqualTo([First, Second]));
        Assert.That(remarks, Has.Some.Contains("cut off"));

        _root.Write(Bundle, Third);
        source.CheckForChanges();
        Assert.That(Certificates(source), Is.EqualTo([Third]));
    }

    /// <summary>
    /// A piece that ends where a block does looks whole; that it was written just now and has lost anchors tells.
    /// </summary>
    [Test]
    public void CheckForChanges_JustWrittenAndAnchorsAreMissing_WaitsUntilTheFileStandsStill()
    {
        _root.Write(Bundle, First, Second, Third);
        var source = OpenSettled();

        WriteNow(Pem(First));
        source.CheckForChanges();
        Assert.That(Certificates(source), Is.EqualTo([First, Second, Third]));
        Assert.That(RemarkOn(source), Does.Contain("stay in use"));

        _clock.Advance(TimeSpan.FromSeconds(3));
        source.CheckForChanges();
        Assert.That(Certificates(source), Is.EqualTo([First]), "It stands still: so it is meant.");
        Assert.That(RemarkOn(source), Does.Not.Contain("stay in use"));
    }

    [Test]
    public void CheckForChanges_JustWrittenAndAnchorsAreAddedOrRejected_TakesThemAtOnce()
    {
        _root.Write(Bundle, First, Second);
        var source = OpenSettled();

        WriteNow(Pem(First) + TrustedPem(Second, s_rejecting) + Pem(Third));
        source.CheckForChanges();

        Assert.That(Certificates(source), Is.EqualTo([First, Second, Third]));
        Assert.That(source.Current.Entries[1].IsRejectedFor(PeerPurpose.ServerAuthentication));
    }

    /// <summary>
    /// A bundle that another program writes over in place: at each length that it has on the way, all anchors are
    /// there.
    /// </summary>
    [Test]
    public void CheckForChanges_RewrittenInPlaceInPieces_NeverLosesAnAnchor()
    {
        const int Piece = 37;
        CertificateInfo[] all = [First, Second, Third];
        _root.Write(Bundle, all);
        var source = OpenSettled();
        var text = Encoding.ASCII.GetBytes("# the new one\n" + Pem(First, Second, Third));
        using var file = new FileStream(_root.PathOf(Bundle), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(0);
        for (var written = 0; written < text.Length; written += Piece)
        {
            File.SetLastWriteTimeUtc(_root.PathOf(Bundle), _clock.GetUtcNow().UtcDateTime);
            source.CheckForChanges();
            Assert.That(Certificates(source), Is.EqualTo(all), $"after {written} bytes");
            file.Write(text, written, Math.Min(Piece, text.Length - written));
            file.Flush();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        source.CheckForChanges();
        Assert.That(Certificates(source), Is.EqualTo(all));
        Assert.That(source.Current.Generation, Is.EqualTo(1));
        Assert.That(RemarkOn(source), Does.Not.Contain("stay in use"));
    }

    [Test]
    public void Current_WhileAFileIsNotFinished_ChecksEachSecond()
    {
        _root.Write(Bundle, First, Second);
        var source = OpenSettled();
        _root.WriteText(Bundle, Pem(First, Second)[..300]);
        source.CheckForChanges();
        _root.Write(Bundle, Third);

        _clock.Advance(TimeSpan.FromSeconds(1));
        _ = source.Current;

        Assert.That(SpinWait.SpinUntil(() => source.Current.Generation == 2, TimeSpan.FromSeconds(60)));
        Assert.That(Certificates(source), Is.EqualTo([Third]));
    }

    [Test]
    public void CheckForChanges_CutOffFromTheBeginning_HoldsUpNoChangeElsewhere()
    {
        _root.WriteText("/corp/00000001.0", Pem(First) + Pem(Second)[..300]);
        _root.Write("/corp/00000002.0", Third);
        var source = OpenSettled(directory: "/corp");
        Assert.That(Certificates(source), Is.EqualTo([First, Third]), "What is whole counts where there is nothing better.");

        _root.Delete("/corp/00000002.0");
        source.CheckForChanges();

        Assert.That(Certificates(source), Is.EqualTo([First]));
    }

    public void Dispose() => _root.Dispose();

    private static TestCaseData Case(string name, string text) => new TestCaseData(text).SetArgDisplayNames(name);

    private static IEnumerable<CertificateInfo?> Certificates(SystemAnchorSource source) =>
        source.Current.Entries.Select(e => e.Certificate);

    private static string RemarkOn(SystemAnchorSource source) => new LinuxSystemAnchors(source).Describe().Sources.Single().Remark;

    private void WriteNow(string text)
    {
        _root.WriteText(Bundle, text);
        File.SetLastWriteTimeUtc(_root.PathOf(Bundle), _clock.GetUtcNow().UtcDateTime);
    }

    private SystemAnchorSource OpenSettled(string? file = null, string? directory = null)
    {
        var source = new SystemAnchorSource(_root.Discovery(file, directory), _clock, TimeSpan.FromSeconds(10));
        source.CheckForChanges();
        return source;
    }
}
