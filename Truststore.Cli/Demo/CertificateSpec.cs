using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Cli.Demo;

/// <summary>What a throw-away certificate is to say. The defaults are those of a good server certificate; <c>with</c> spoils them one by one.</summary>
internal sealed record CertificateSpec
{
    internal required DateTimeOffset NotBefore { get; init; }

    internal required DateTimeOffset NotAfter { get; init; }

    /// <summary>The subject's common name; <see langword="null"/> for an empty subject. Any text.</summary>
    internal string? CommonName { get; init; }

    /// <summary>The whole subject, in place of <see cref="CommonName"/>.</summary>
    internal X500DistinguishedName? Subject { get; init; }

    /// <summary>DNS names, IP addresses and e-mail addresses to be alternative names; no extension when all are empty.</summary>
    internal IReadOnlyList<string> DnsNames { get; init; } = [];

    internal IReadOnlyList<string> IPAddresses { get; init; } = [];

    internal IReadOnlyList<string> EmailAddresses { get; init; } = [];

    internal bool IsCertificateAuthority { get; init; }

    /// <summary>The pathLenConstraint of a CA; <see langword="null"/> for none.</summary>
    internal int? PathLength { get; init; }

    internal bool OmitBasicConstraints { get; init; }

    internal bool BasicConstraintsCritical { get; init; } = true;

    /// <summary>The key usage; <see langword="null"/> for what the role needs, <see cref="X509KeyUsageFlags.None"/> for no extension.</summary>
    internal X509KeyUsageFlags? KeyUsage { get; init; }

    /// <summary>The extended key usages, dotted; <see langword="null"/> for serverAuth in an end-entity certificate and no extension in a CA's, empty for no extension.</summary>
    internal IReadOnlyList<string>? ExtendedKeyUsages { get; init; }

    /// <summary>The NameConstraints value in DER, to be a critical extension; <see langword="null"/> for none.</summary>
    internal ReadOnlyMemory<byte>? NameConstraints { get; init; }

    /// <summary>Any other extensions. One with the object identifier of a made extension takes its place.</summary>
    internal IReadOnlyList<X509Extension> ExtraExtensions { get; init; } = [];

    internal bool OmitAuthorityKeyIdentifier { get; init; }

    internal bool OmitSubjectKeyIdentifier { get; init; }

    /// <summary>The content octets of the serial number; empty for 16 random ones.</summary>
    internal ReadOnlyMemory<byte> SerialNumber { get; init; }

    /// <summary>The kind of the subject's key.</summary>
    internal KeySpec Key { get; init; } = KeySpec.P256;

    /// <summary>The digest of the issuer's signature.</summary>
    internal HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Whether an RSA issuer signs by PSS instead of PKCS #1 v1.5.</summary>
    internal bool UsePss { get; init; }

    /// <summary>A certification authority.</summary>
    internal static CertificateSpec Authority(string commonName, DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        new() { CommonName = commonName, NotBefore = notBefore, NotAfter = notAfter, IsCertificateAuthority = true };

    /// <summary>A TLS server; the first name is its common name too.</summary>
    internal static CertificateSpec Server(DateTimeOffset notBefore, DateTimeOffset notAfter, params IReadOnlyList<string> dnsNames) =>
        new() { CommonName = dnsNames.Count > 0 ? dnsNames[0] : null, NotBefore = notBefore, NotAfter = notAfter, DnsNames = dnsNames };
}
