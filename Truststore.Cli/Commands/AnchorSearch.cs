namespace Truststore.Cli.Commands;

/// <summary>Finds anchors by what people have at hand: a part of the name, of a fingerprint, of the serial number, or a public key pin.</summary>
internal sealed class AnchorSearch
{
    private readonly string _text;
    private readonly string? _hexadecimal;
    private readonly byte[]? _pin;

    internal AnchorSearch(string text)
    {
        _text = text;

        // Fingerprints are copied with and without colons, in either case.
        var digits = text.Replace(":", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal);
        _hexadecimal = digits.Length > 0 && digits.All(char.IsAsciiHexDigit) ? digits : null;
        _pin = ReadPin(text);
    }

    internal bool Matches(TrustAnchor anchor)
    {
        var certificate = anchor.Certificate;
        return certificate.Subject.ToString().Contains(_text, StringComparison.OrdinalIgnoreCase)
            || certificate.Subject.Attributes.Any(a => a.Value.Contains(_text, StringComparison.OrdinalIgnoreCase))
            || (_hexadecimal is not null && MatchesHexadecimal(certificate, _hexadecimal))
            || (_pin is not null && certificate.SubjectPublicKeyInfoSha256.Equals(Convert.ToHexString(_pin), StringComparison.Ordinal));
    }

    private static bool MatchesHexadecimal(CertificateInfo certificate, string digits) =>
        certificate.Fingerprint.Contains(digits, StringComparison.OrdinalIgnoreCase)
        || certificate.SerialNumber.Contains(digits, StringComparison.OrdinalIgnoreCase)
        || certificate.SubjectPublicKeyInfoSha256.Contains(digits, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the base64 form of RFC 7469, with or without its prefix.</summary>
    private static byte[]? ReadPin(string text)
    {
        var encoded = text.StartsWith("sha256/", StringComparison.OrdinalIgnoreCase) ? text["sha256/".Length..] : text;
        var hash = new byte[System.Security.Cryptography.SHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(encoded, hash, out var count) && count == hash.Length ? hash : null;
    }
}
