using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Cli.Demo;

/// <summary>Turns a specification into a signed certificate.</summary>
internal static class CertificateFactory
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string NameConstraintsOid = "2.5.29.30";
    private const int SerialNumberLength = 16;

    /// <summary>Signs a certificate for a key.</summary>
    /// <param name="spec">What it says.</param>
    /// <param name="key">The subject's key pair.</param>
    /// <param name="issuer">The issuer's certificate and key pair; <see langword="null"/> to be self-signed.</param>
    /// <returns>The certificate with its private key.</returns>
    internal static X509Certificate2 Create(CertificateSpec spec, AsymmetricAlgorithm key, (X509Certificate2 Certificate, AsymmetricAlgorithm Key)? issuer)
    {
        using var certificate = Sign(spec, key, issuer is { } signer ? (signer.Certificate.SubjectName, signer.Key) : null);
        return WithPrivateKey(certificate, key);
    }

    /// <summary>As <see cref="Create"/>, without the private key, which takes most of the time.</summary>
    internal static X509Certificate2 Sign(CertificateSpec spec, AsymmetricAlgorithm key, (X500DistinguishedName Name, AsymmetricAlgorithm Key)? issuer)
    {
        var subject = SubjectOf(spec);
        var publicKey = GeneratorFor(key, usePss: false).PublicKey;
        var generator = GeneratorFor(issuer?.Key ?? key, spec.UsePss);
        var request = new CertificateRequest(subject, publicKey, spec.Hash);
        foreach (var extension in ExtensionsOf(spec, publicKey, generator.PublicKey))
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(issuer?.Name ?? subject, generator, spec.NotBefore, spec.NotAfter, SerialNumberOf(spec));
    }

    /// <summary>What a key signs with.</summary>
    internal static X509SignatureGenerator GeneratorFor(AsymmetricAlgorithm key, bool usePss) => key is RSA rsa
        ? X509SignatureGenerator.CreateForRSA(rsa, usePss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
        : X509SignatureGenerator.CreateForECDsa((ECDsa)key);

    /// <summary>The same key pair, to be disposed on its own.</summary>
    internal static AsymmetricAlgorithm Clone(AsymmetricAlgorithm key) => key is RSA rsa
        ? RSA.Create(rsa.ExportParameters(includePrivateParameters: true))
        : ECDsa.Create(((ECDsa)key).ExportParameters(includePrivateParameters: true));

    internal static X509AuthorityKeyIdentifierExtension AuthorityKeyIdentifier(PublicKey issuerKey) =>
        X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new X509SubjectKeyIdentifierExtension(issuerKey, critical: false));

    private static X509Certificate2 WithPrivateKey(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        if (key is RSA rsa)
        {
            return certificate.CopyWithPrivateKey(rsa);
        }

        // .NET takes a key usage of keyAgreement alone at its word.
        using var signing = certificate.GetECDsaPublicKey();
        if (signing is not null)
        {
            return certificate.CopyWithPrivateKey((ECDsa)key);
        }

        using var agreeing = ECDiffieHellman.Create(((ECDsa)key).ExportParameters(includePrivateParameters: true));
        return certificate.CopyWithPrivateKey(agreeing);
    }

    /// <summary>The subject of a certificate to be made.</summary>
    internal static X500DistinguishedName SubjectOf(CertificateSpec spec)
    {
        if (spec.Subject is not null)
        {
            return spec.Subject;
        }

        var builder = new X500DistinguishedNameBuilder();
        if (spec.CommonName is not null)
        {
            builder.AddCommonName(spec.CommonName);
        }

        return builder.Build();
    }

    private static byte[] SerialNumberOf(CertificateSpec spec)
    {
        if (!spec.SerialNumber.IsEmpty)
        {
            return spec.SerialNumber.ToArray();
        }

        // Positive, and with no leading zero octet (RFC 5280 §4.1.2.2).
        var serial = RandomNumberGenerator.GetBytes(SerialNumberLength);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    private static IEnumerable<X509Extension> ExtensionsOf(CertificateSpec spec, PublicKey key, PublicKey issuerKey) =>
        Extensions(spec, key, issuerKey)
            .Where(made => !spec.ExtraExtensions.Any(extra => string.Equals(extra.Oid?.Value, made.Oid?.Value, StringComparison.Ordinal)))
            .Concat(spec.ExtraExtensions);

    private static IEnumerable<X509Extension> Extensions(CertificateSpec spec, PublicKey key, PublicKey issuerKey)
    {
        if (!spec.OmitBasicConstraints)
        {
            yield return new X509BasicConstraintsExtension(spec.IsCertificateAuthority, spec.PathLength is not null, spec.PathLength ?? 0, spec.BasicConstraintsCritical);
        }

        var usage = spec.KeyUsage ?? UsageOf(spec);
        if (usage != X509KeyUsageFlags.None)
        {
            yield return new X509KeyUsageExtension(usage, critical: true);
        }

        var purposes = spec.ExtendedKeyUsages ?? (spec.IsCertificateAuthority ? [] : [ServerAuthentication]);
        if (purposes.Count > 0)
        {
            var oids = new OidCollection();
            foreach (var purpose in purposes)
            {
                oids.Add(new Oid(purpose));
            }

            yield return new X509EnhancedKeyUsageExtension(oids, critical: false);
        }

        if (spec.DnsNames.Count + spec.IPAddresses.Count + spec.EmailAddresses.Count > 0)
        {
            yield return AlternativeNames(spec);
        }

        if (spec.NameConstraints is { } constraints)
        {
            yield return new X509Extension(NameConstraintsOid, constraints.Span, critical: true);
        }

        if (!spec.OmitSubjectKeyIdentifier)
        {
            yield return new X509SubjectKeyIdentifierExtension(key, critical: false);
        }

        if (!spec.OmitAuthorityKeyIdentifier)
        {
            yield return AuthorityKeyIdentifier(issuerKey);
        }
    }

    private static X509KeyUsageFlags UsageOf(CertificateSpec spec) => spec switch
    {
        { IsCertificateAuthority: true } => X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        { Key.IsRsa: true } => X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment,
        _ => X509KeyUsageFlags.DigitalSignature,
    };

    private static X509Extension AlternativeNames(CertificateSpec spec)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in spec.DnsNames)
        {
            builder.AddDnsName(name);
        }

        foreach (var address in spec.IPAddresses)
        {
            builder.AddIpAddress(IPAddress.Parse(address));
        }

        foreach (var address in spec.EmailAddresses)
        {
            builder.AddEmailAddress(address);
        }

        // With an empty subject the alternative names are the subject, and critical (RFC 5280 §4.2.1.6).
        return builder.Build(critical: spec.CommonName is null && spec.Subject is null);
    }
}
