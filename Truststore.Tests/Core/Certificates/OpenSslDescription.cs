using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Truststore.Tests.Core.Certificates;

/// <summary>What <c>openssl storeutl -text</c> and <c>openssl x509 -text</c> print of a certificate.</summary>
internal sealed record OpenSslDescription(string Subject, string Issuer, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string KeyAlgorithm, int KeySize)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private static readonly Regex s_heading = new(@"^\d+: Certificate\n", Options | RegexOptions.Multiline);
    private static readonly Regex s_serialNumber = new(@"Serial Number:( -?\d+ \((?<negative>-)?0x(?<short>[0-9a-f]+)\)|\s+(?<negative>\(Negative\))?(?<long>[0-9a-f:]+))\n", Options);
    private static readonly Regex s_keySize = new(@"Public-Key: \((?<size>\d+) bit\)", Options);
    private static readonly Regex s_escape = new(@"\\x[0-9A-F]{2}|\\/", Options);

    /// <summary>The same of a certificate that this library decoded.</summary>
    internal static OpenSslDescription Of(CertificateInfo certificate) => new(
        Join(certificate.Subject),
        Join(certificate.Issuer),
        certificate.SerialNumber.TrimStart('0'),
        certificate.NotBefore,
        certificate.NotAfter,
        certificate.PublicKey.Algorithm,
        certificate.PublicKey.Size);

    /// <summary>Reads the output for a whole file.</summary>
    internal static IReadOnlyList<OpenSslDescription> ParseAll(string output) => [.. s_heading.Split(output).Skip(1).Select(Parse)];

    private static OpenSslDescription Parse(string text) => new(
        Unescape(Field(text, "Subject:")),
        Unescape(Field(text, "Issuer:")),
        ParseSerialNumber(text),
        ParseTime(Field(text, "Not Before:")),
        ParseTime(Field(text, "Not After :")),
        Field(text, "Public Key Algorithm:") switch
        {
            "rsaEncryption" => "RSA",
            "id-ecPublicKey" => "EC",
            var other => other,
        },
        int.Parse(s_keySize.Match(text).Groups["size"].ValueSpan, CultureInfo.InvariantCulture));

    private static string Field(string text, string name)
    {
        var start = text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return text[start..text.IndexOf('\n', start)].Trim();
    }

    // Short ones are printed in decimal and hexadecimal on the same line, long ones with colons on the next.
    private static string ParseSerialNumber(string text)
    {
        var match = s_serialNumber.Match(text);
        var digits = match.Groups["long"].Success ? match.Groups["long"].Value.Replace(":", "", StringComparison.Ordinal) : match.Groups["short"].Value;
        return (match.Groups["negative"].Success ? "-" : "") + digits.TrimStart('0').ToUpperInvariant();
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, "MMM d HH:mm:ss yyyy 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite | DateTimeStyles.AssumeUniversal);

    // A comma stands before attribute types of one or two letters only (X509_NAME_print), a slash before others.
    private static string Join(DistinguishedName name)
    {
        var attributes = name.Attributes.Select(a => $"{(a.ShortName.Length <= 2 ? ", " : "/")}{a.ShortName}={a.Value}");
        return string.Concat(attributes).TrimStart(',', ' ', '/');
    }

    // Octets beyond ASCII are printed as \xC3\xA1 and slashes as \/.
    private static string Unescape(string text)
    {
        var octets = s_escape.Replace(text, match => match.ValueSpan is "\\/" ? "/" : ((char)Convert.ToByte(match.Value[2..], 16)).ToString());
        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));
    }
}
