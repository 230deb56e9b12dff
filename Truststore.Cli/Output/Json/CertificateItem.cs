namespace Truststore.Cli.Output.Json;

/// <summary>What a certificate says, in JSON.</summary>
internal sealed record CertificateItem(
    string Subject,
    string Issuer,
    string SerialNumber,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    IReadOnlyList<string> SubjectAlternativeNames,
    bool IsCertificateAuthority,
    string KeyAlgorithm,
    int KeySize,
    string? Curve,
    string SignatureAlgorithm,
    string FingerprintSha256,
    string SubjectPublicKeyInfoSha256)
{
    internal static CertificateItem From(CertificateInfo certificate) => new(
        certificate.Subject.ToString(),
        certificate.Issuer.ToString(),
        certificate.SerialNumber,
        certificate.NotBefore,
        certificate.NotAfter,
        [.. certificate.SubjectAlternativeNames.Select(n => n.ToString())],
        certificate.IsCertificateAuthority,
        certificate.PublicKey.Algorithm,
        certificate.PublicKey.Size,
        certificate.PublicKey.Curve,
        certificate.SignatureAlgorithm,
        certificate.Fingerprint,
        certificate.SubjectPublicKeyInfoSha256);
}
