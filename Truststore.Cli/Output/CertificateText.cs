using System.Globalization;

namespace Truststore.Cli.Output;

/// <summary>Certificates in a few words, fit for a terminal.</summary>
internal static class CertificateText
{
    private const int MaxNames = 8;
    private const int ShortFingerprintLength = 16;

    internal static string Name(CertificateInfo certificate) => SafeText.ShowName(certificate);

    internal static string Key(PublicKeyInfo key) => key switch
    {
        { Curve: { } curve } => $"{key.Algorithm} {curve}",
        { Size: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{key.Algorithm} {key.Size}"),
        _ => key.Algorithm,
    };

    internal static string Validity(CertificateInfo certificate) => $"{Time(certificate.NotBefore)} to {Time(certificate.NotAfter)}";

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The first 64 bits of the fingerprint: enough to tell certificates apart and to search for.</summary>
    internal static string ShortFingerprint(CertificateInfo certificate) => certificate.Fingerprint[..ShortFingerprintLength];

    /// <summary>The alternative names, or <see langword="null"/> when there are none.</summary>
    internal static string? AlternativeNames(CertificateInfo certificate)
    {
        var names = certificate.SubjectAlternativeNames;
        if (names.Count == 0)
        {
            return null;
        }

        var shown = string.Join(", ", names.Take(MaxNames).Select(n => SafeText.ShowName(n)));
        return names.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - MaxNames} more") : shown;
    }
}
