using System.Text;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustDataErrorTests
{
    private static readonly string s_secondBlock = $"Block 2 (line {Lines(RootPem) + 1})";

    private static IEnumerable<TrustCase> BadText()
    {
        yield return new("empty", "", "is empty");
        yield return new("white space", " \r\n\n", "without a PEM block");
        yield return new("text", "Trust me, I'm a CA.", "without a PEM block", "-----BEGIN CERTIFICATE-----");
        yield return new("base64 without boundaries", Convert.ToBase64String(Root), "put the lines -----BEGIN CERTIFICATE-----");
        yield return new("byte order mark alone", "\uFEFF", "without a PEM block");

        yield return new("no END", RootPem[..^40], "Block 1 (line 1)", "truncated", "-----END CERTIFICATE-----");
        yield return new("no END behind a good block", $"{RootPem}comment\n{OtherRootPem[..200]}", $"Block 2 (line {Lines(RootPem) + 2})", "truncated");
        yield return new("BEGIN alone", "-----BEGIN CERTIFICATE-----", "Block 1 (line 1)", "truncated");
        yield return new("BEGIN within a block", "# comment\n" + RootPem[..200] + "\n" + OtherRootPem, "Block 1 (line 2)", "truncated", "another block begins at line");
        yield return new("END alone", "comment\n-----END CERTIFICATE-----\n" + RootPem, "Line 2", "never begun");
        yield return new("END of another label", RootPem.Replace("END CERTIFICATE", "END X509 CRL", StringComparison.Ordinal), "Block 1 (line 1)", "wrong last line", "-----END CERTIFICATE-----");
        yield return new("two boundaries on a line", RootPem.TrimEnd('\n') + OtherRootPem, "Block 1 (line 1)", $"line {Lines(RootPem)}", "line break was lost");
        yield return new("all on one line", RootPem.Replace("\n", "\\n", StringComparison.Ordinal), "Block 1 (line 1)", "line breaks were lost");
        yield return new("BEGIN without dashes at the end", RootPem.Replace("BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE---", StringComparison.Ordinal), "Block 1 (line 1)", "malformed first line");
        yield return new("BEGIN without a label", RootPem.Replace("BEGIN CERTIFICATE-----", "BEGIN -----", StringComparison.Ordinal), "Block 1 (line 1)", "malformed first line");
        yield return new("indented block", RootPem + "  " + OtherRootPem.Replace("\n", "\n  ", StringComparison.Ordinal), s_secondBlock, "is indented");
        yield return new("text in front of BEGIN", "first" + RootPem, $"Line {Lines(RootPem)}", "never begun");

        yield return new("character outside base64", RootPem + OtherRootPem.Replace("\nMII", "\n?II", StringComparison.Ordinal), s_secondBlock, "not base64", $"line {Lines(RootPem) + 2}");
        yield return new("header in the content", RootPem.Replace("\nMII", "\nName: first\n\nMII", StringComparison.Ordinal), "Block 1 (line 1)", "not base64", "line 2");
        yield return new("one character lost", RootPem.Replace("\nMII", "\nMI", StringComparison.Ordinal), "Block 1 (line 1)", "not base64", "characters are missing");
        yield return new("padding in the middle", RootPem.Replace("\nMII", "\nMI==\nMII", StringComparison.Ordinal), "Block 1 (line 1)", "not base64", "'='");
        yield return new("no content", RootPem + "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", s_secondBlock, "is empty");

        yield return new("truncated certificate", RootPem + Pem("CERTIFICATE", OtherRoot[..^10]), s_secondBlock, "truncated", $"{OtherRoot.Length} bytes", $"{OtherRoot.Length - 10} are there");
        yield return new("certificate of one byte", Pem("CERTIFICATE", [0x30]), "Block 1 (line 1)", "cannot be decoded");
        yield return new("certificate without its length", Pem("CERTIFICATE", [0x30, 0x82, 0x01]), "Block 1 (line 1)", "truncated");
        yield return new("garbage in a block", RootPem + Pem("CERTIFICATE", [1, 2, 3, 4]) + OtherRootPem, s_secondBlock, "cannot be decoded", "replace the block or remove it");
        yield return new("bytes behind a certificate", Pem("CERTIFICATE", [.. Root, 0]), "Block 1 (line 1)", "cannot be decoded");
        yield return new("two certificates in a block", Pem("CERTIFICATE", [.. Root, .. OtherRoot]), "Block 1 (line 1)", "cannot be decoded");
        yield return new("CRL labelled as a certificate", RootPem + Pem("CERTIFICATE", RevocationList), s_secondBlock, "holds a certificate revocation list", "label");
        yield return new("certificate labelled as a CRL", RootPem + Pem("X509 CRL", OtherRoot), s_secondBlock, "holds a certificate", "label");
        yield return new("garbage in a CRL", Pem("X509 CRL", [0x30, 0x00]), "Block 1 (line 1)", "cannot be decoded");
        yield return new("truncated CRL", Pem("X509 CRL", RevocationList[..^1]), "Block 1 (line 1)", "truncated");

        foreach (var (label, key) in PrivateKeys)
        {
            yield return new(label, RootPem + Pem(label, key), s_secondBlock, "holds a private key; not loaded");
            yield return new(label + " that is truncated", Pem(label, key)[..100], "Block 1 (line 1)", "holds a private key; not loaded");
        }

        yield return new("private key of a kind to come", RootPem + Pem("ML-DSA PRIVATE KEY", [1]), s_secondBlock, "holds a private key; not loaded");
        yield return new("unknown label", RootPem + Pem("SOMETHING ELSE", Root), s_secondBlock, "label 'SOMETHING ELSE'", "remove the block");
        yield return new("label in lower case", Pem("certificate", Root), "Block 1 (line 1)", "label 'certificate'");
        yield return new("parameters", Pem("EC PARAMETERS", [6, 1, 0]), "Block 1 (line 1)", "label 'EC PARAMETERS'");
        yield return new("public key", RootPem + Pem("PUBLIC KEY", PublicKey), s_secondBlock, "public key");
        yield return new("certificate request", RootPem + Pem("CERTIFICATE REQUEST", Request), s_secondBlock, "certificate request");
        yield return new("PKCS#7", RootPem + Pem("PKCS7", Pkcs7), s_secondBlock, "PKCS#7", "openssl pkcs7 -print_certs");
        yield return new("CMS", Pem("CMS", Pkcs7), "Block 1 (line 1)", "PKCS#7");
    }

    private static IEnumerable<TrustCase> BadBytes()
    {
        yield return new("binary garbage", [0, 1, 2, 0x7F, 0xFF, 0x80], "neither PEM text nor a certificate in DER");
        yield return new("tag alone", [0x30], "without a PEM block");
        yield return new("UTF-16, little endian", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(RootPem)).ToArray(), "UTF-16", "UTF-8");
        yield return new("UTF-16, big endian", Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes(RootPem)).ToArray(), "UTF-16", "UTF-8");
        yield return new("UTF-16 without a byte order mark", Encoding.Unicode.GetBytes(RootPem), "neither PEM text nor a certificate in DER");
        yield return new("truncated DER", Root[..^1], "Block 1 (byte 0)", "truncated", $"{Root.Length} bytes", $"{Root.Length - 1} are there");
        yield return new("truncated second value", [.. Root, .. OtherRoot[..100]], $"Block 2 (byte {Root.Length})", "truncated");
        yield return new("truncated in the length", [0x30, 0x82, 0x01], "Block 1 (byte 0)", "truncated");
        yield return new("text behind DER", [.. Root, .. "\n"u8], $"Block 2 (byte {Root.Length})", "remove what follows");
        yield return new("PEM behind DER", [.. Root, .. Encoding.ASCII.GetBytes(OtherRootPem)], $"Block 2 (byte {Root.Length})", "remove what follows");
        yield return new("indefinite length", [0x30, 0x80, .. Root, 0, 0], "Block 1 (byte 0)", "DER does not allow");
        yield return new("PKCS#7 of indefinite length", [0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0, 0], "Block 1 (byte 0)", "openssl pkcs7");
        yield return new("PKCS#7", Pkcs7, "Block 1 (byte 0)", "PKCS#7", "openssl pkcs7 -print_certs");
        yield return new("PKCS#12", Pkcs12, "Block 1 (byte 0)", "PKCS#12", "openssl pkcs12 -cacerts -nokeys");
        yield return new("certificate request", Request, "Block 1 (byte 0)", "certificate request");
        yield return new("RSA public key", RsaPublicKey, "Block 1 (byte 0)", "public key");
        yield return new("spoilt certificate", Spoil(Root), "Block 1 (byte 0)", "cannot be decoded");
        yield return new("sequence of something", [0x30, 0x81, 0x80, .. Enumerable.Repeat<byte>(5, 128)], "Block 1 (byte 0)", "neither a certificate nor");
        foreach (var (label, key) in PrivateKeys)
        {
            yield return new(label, [.. Root, .. key], $"Block 2 (byte {Root.Length})", "holds a private key; not loaded");
        }
    }

    [TestCaseSource(nameof(BadText))]
    [TestCaseSource(nameof(BadBytes))]
    public void LoadVerifyLocations_BadBytes_SaysWhatAndWhere(TrustCase bad) =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(bad.Data), "caData", bad.Words);

    [TestCaseSource(nameof(BadText))]
    public void LoadVerifyLocations_BadText_SaysWhatAndWhere(TrustCase bad) =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caData: Encoding.UTF8.GetString(bad.Data)), "caData", bad.Words);

    [TestCaseSource(nameof(BadText))]
    [TestCaseSource(nameof(BadBytes))]
    public void LoadVerifyLocations_BadFile_SaysWhatAndWhere(TrustCase bad)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("bad.pem", bad.Data);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caFile: file), file, bad.Words);
    }

    [Test]
    public void LoadVerifyLocations_EncodingAsText_IsRefused() =>
        TrustAssert.Refuses(context => context.LoadVerifyLocations(caData: Encoding.Latin1.GetString(Root)), "caData", "neither PEM text nor");

    [Test]
    public void LoadVerifyLocations_PrivateKey_IsNotInTheMessage()
    {
        var key = Pem("PRIVATE KEY", PrivateKeys["PRIVATE KEY"]);
        var oneLine = key.Replace("\n", "", StringComparison.Ordinal);
        foreach (var text in new[] { key, oneLine })
        {
            var error = Assert.Throws<TrustDataException>(() => TrustAssert.NewContext().LoadVerifyLocations(caData: text));

            Assert.That(error.ToString(), Does.Not.Contain("MII"));
        }
    }

    [Test]
    public void LoadVerifyLocations_TooMuchData_IsRefused()
    {
        var limit = TlsContext.MaxTrustDataSize;
        var padding = new string('#', limit - RootPem.Length - 1) + "\n";
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caData: padding + RootPem);

        Assert.That(context.AddedAnchors, Has.Count.EqualTo(1));
        TrustAssert.Refuses(c => c.LoadVerifyLocations(caData: padding + RootPem + "#"), "caData", "too large", "16,777,216", "16,777,217");
        TrustAssert.Refuses(c => c.LoadVerifyLocations(new byte[limit + 1]), "caData", "too large", "16,777,216", "16,777,217");
    }

    [Test]
    public void LoadVerifyLocations_NothingGiven_IsTheCallersMistake() =>
        Assert.That(() => TrustAssert.NewContext().LoadVerifyLocations(), Throws.ArgumentException.With.Message.Contains("caFile, caPath or caData"));

    [TestCase("", null, "caFile")]
    [TestCase("a\0b", null, "caFile")]
    [TestCase(null, "", "caPath")]
    [TestCase(null, "a\0b", "caPath")]
    public void LoadVerifyLocations_BadPath_IsTheCallersMistake(string? caFile, string? caPath, string parameter) =>
        Assert.That(() => TrustAssert.NewContext().LoadVerifyLocations(caFile, caPath, RootPem), Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo(parameter));

    // The last octet of the first name's type: the lengths stay as they are, and the structure does not.
    private static byte[] Spoil(byte[] certificate)
    {
        byte[] spoilt = [.. certificate];
        spoilt[certificate.AsSpan().IndexOf("\x55\x04\x03"u8) - 2] = 0x05;
        return spoilt;
    }
}
