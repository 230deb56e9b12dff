using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Anchors;

/// <summary>Root certificates for stores, made once.</summary>
internal static class SampleAnchors
{
    internal static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    internal static CertificateInfo First { get; } = Make("First");

    internal static CertificateInfo Second { get; } = Make("Second");

    internal static CertificateInfo Third { get; } = Make("Third");

    internal static string Pem(params IEnumerable<CertificateInfo> certificates) => string.Concat(certificates.Select(c => c.ExportPem() + "\n"));

    /// <summary>OpenSSL's own form: the certificate and behind it what it is trusted and distrusted for.</summary>
    internal static string TrustedPem(CertificateInfo certificate, params ReadOnlySpan<byte> settings) =>
        PemEncoding.WriteString("TRUSTED CERTIFICATE", [.. certificate.RawData.Span, .. settings]) + "\n";

    private static CertificateInfo Make(string name)
    {
        using var ca = new ThrowAwayCa(Now, name);
        return ca.Root.Info;
    }
}
