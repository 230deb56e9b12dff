using System.Text;
using Truststore.Platform.Linux;
using static Truststore.Tests.Linux.Anchors.SampleAnchors;

namespace Truststore.Tests.Linux.Anchors;

internal sealed class AnchorBundleTests
{
    private static readonly byte[] s_trustedForServers = [0x30, 0x0C, 0x30, 0x0A, .. s_serverAuthentication];
    private static readonly byte[] s_rejectedForServers = [0x30, 0x0C, 0xA0, 0x0A, .. s_serverAuthentication];

    private static ReadOnlySpan<byte> s_serverAuthentication => [0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];

    private static IEnumerable<TestCaseData> GoodTexts()
    {
        var pem = Pem(First);
        yield return Case("one block", pem, First);
        yield return Case("two blocks", Pem(First, Second), First, Second);
        yield return Case("CRLF", pem.ReplaceLineEndings("\r\n"), First);
        yield return Case("CR", pem.ReplaceLineEndings("\r"), First);
        yield return Case("no line end behind the last", pem.TrimEnd(), First);
        yield return Case("byte order mark", "\uFEFF" + pem, First);
        yield return Case("comments between", "# First\nsubject=/CN=First\n" + pem + "\n# Second\n" + Pem(Second), First, Second);
        yield return Case("trailing spaces and blank lines", pem.Replace("\n", " \n\n", StringComparison.Ordinal).Replace("----- ", "-----", StringComparison.Ordinal), First);
        yield return Case("one long line", "-----BEGIN CERTIFICATE-----\n" + Convert.ToBase64String(First.RawData.Span) + "\n-----END CERTIFICATE-----", First);
        yield return Case("lines of 75", "-----BEGIN CERTIFICATE-----\n" + string.Join('\n', Convert.ToBase64String(First.RawData.Span).Chunk(75).Select(c => new string(c))) + "\n-----END CERTIFICATE-----", First);
        yield return Case("old label", pem.Replace("CERTIFICATE", "X509 CERTIFICATE", StringComparison.Ordinal), First);
        yield return Case("other blocks between", pem + "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + Pem(Second), First, Second);

        // Behind a comment sign or blank, a block does not count for OpenSSL either.
        yield return Case("commented out", "# " + pem.Replace("\n", "\n# ", StringComparison.Ordinal) + "\n" + Pem(Second), Second);
        yield return Case("indented", " " + pem.Replace("\n", "\n ", StringComparison.Ordinal) + "\n" + Pem(Second), Second);
        yield return Case("nothing", "");
    }

    private static IEnumerable<TestCaseData> BadBlocks()
    {
        var pem = Pem(First);
        yield return Bad("no END line at the end", "-----BEGIN CERTIFICATE-----\nMIIB\n", "END line is missing");
        yield return Bad("no END line before the next block", pem[..pem.IndexOf("-----END", StringComparison.Ordinal)], "END line is missing");
        yield return Bad("END line of another label", pem.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal), "another block's");
        yield return Bad("END line indented", pem.Replace("-----END", " -----END", StringComparison.Ordinal), "END line is missing");
        yield return Bad("not Base64", "-----BEGIN CERTIFICATE-----\nMIIB*AAA\n-----END CERTIFICATE-----\n", "not Base64");
        yield return Bad("Base64 that ends early", "-----BEGIN CERTIFICATE-----\nMIIBA\n-----END CERTIFICATE-----\n", "not Base64");
        yield return Bad("empty", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "not Base64");
        yield return Bad("truncated encoding", Block("CERTIFICATE", First.RawData.Span[..200]), "no certificate in DER");
        yield return Bad("no certificate", Block("CERTIFICATE", [0x30, 0x03, 0x02, 0x01, 0x00]), "no certificate in DER");
        yield return Bad("bytes behind the certificate", Block("CERTIFICATE", [.. First.RawData.Span, 0x05, 0x00]), "bytes behind");
        yield return Bad("bad trust settings", TrustedPem(First, 0x30, 0x03, 0x02, 0x01, 0x00), "no certificate in DER");
        yield return Bad("bytes behind the trust settings", TrustedPem(First, [.. s_trustedForServers, 0x05, 0x00]), "no certificate in DER");
    }

    [TestCaseSource(nameof(GoodTexts))]
    public void Read_Text_FindsItsCertificates(string text, CertificateInfo[] expected)
    {
        var reading = Read(text);

        Assert.That(reading.Entries.Select(e => e.Certificate), Is.EqualTo(expected));
        Assert.That(reading.Describe().Remark, Does.Not.Contain("skipped"));
    }

    [TestCaseSource(nameof(BadBlocks))]
    public void Read_BadBlockAmongGoodOnes_SkipsItAndSaysWhereItIs(string block, string reason)
    {
        var before = Pem(Second) + "# the next one is bad\n";

        var reading = Read(before + block + Pem(Third));

        Assert.That(reading.Entries.Select(e => e.Certificate), Is.EqualTo([Second, Third]));
        Assert.That(reading.Describe().Remark, Does.Contain($"1 unusable skipped, the first at line {before.Count(c => c == '\n') + 1}: ").And.Contain(reason));
    }

    [Test]
    public void Read_CertificateThatIsFoundOutLater_IsNotCounted()
    {
        // Well-formed as far as the subject, but nothing that decodes.
        byte[] malformed = [.. First.RawData.Span];
        malformed[^(First.Envelope.Signature.Length + 3)] = 0x04;

        var reading = Read(Pem(Second) + Block("CERTIFICATE", malformed));

        Assert.That(reading.Entries, Has.Count.EqualTo(2));
        Assert.That(reading.Describe().Count, Is.EqualTo(1));
        Assert.That(reading.Describe().Remark, Does.Contain("1 not used"));
    }

    [Test]
    public void Read_TrustedCertificate_KeepsItsUsages()
    {
        var reading = Read(TrustedPem(First) + TrustedPem(Second, s_trustedForServers) + TrustedPem(Third, s_rejectedForServers));

        Assert.That(reading.Entries.Select(e => e.Certificate), Is.EqualTo([First, Second, Third]));
        Assert.That(reading.Entries.Select(e => e.IsTrustedFor(PeerPurpose.ServerAuthentication)), Is.EqualTo([true, true, false]));
        Assert.That(reading.Entries.Select(e => e.IsTrustedFor(PeerPurpose.ClientAuthentication)), Is.EqualTo([true, false, true]));
    }

    private static TestCaseData Case(string name, string text, params CertificateInfo[] expected) => new TestCaseData(text, expected).SetArgDisplayNames(name);

    private static TestCaseData Bad(string name, string block, string reason) => new TestCaseData(block, reason).SetArgDisplayNames(name);

    private static string Block(string label, ReadOnlySpan<byte> content) => System.Security.Cryptography.PemEncoding.WriteString(label, content) + "\n";

    private static AnchorReading Read(string text)
    {
        var reading = new AnchorReading(new AnchorLocation("/etc/ssl/cert.pem", IsDirectory: false, "test"));
        AnchorBundle.Read(Encoding.UTF8.GetBytes(text), reading);
        return reading;
    }
}
