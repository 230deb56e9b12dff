using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Trust;

namespace Truststore.Identity;

/// <summary>Reads a certificate chain and its private key from files.</summary>
internal static class IdentityLoader
{
    /// <exception cref="TrustDataException">The files do not hold a certificate and its key.</exception>
    /// <exception cref="PlatformNotSupportedException">This version of .NET would present another chain.</exception>
    internal static OwnIdentity Load(string certificateFile, string? keyFile, Func<string>? password)
    {
        var data = BoundedFile.Read(certificateFile, BoundedFile.DefaultPatience);
        return data is [0x30, ..] ? LoadPkcs12(data, certificateFile, keyFile, password) : LoadPem(data, certificateFile, keyFile, password);
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The identity owns the certificates.")]
    private static OwnIdentity LoadPem(byte[] data, string certificateFile, string? keyFile, Func<string>? password)
    {
        var blocks = IdentityPem.Read(data, certificateFile);
        var name = SourceName.Quote(certificateFile);
        if (blocks.Certificates.Count == 0)
        {
            throw new TrustDataException($"{name} has no CERTIFICATE block; name the file that holds the certificate chain. Nothing was loaded.", certificateFile);
        }

        var keys = keyFile is null ? blocks.Keys : IdentityPem.Read(BoundedFile.Read(keyFile, BoundedFile.DefaultPatience), keyFile).Keys;
        var keySource = keyFile ?? certificateFile;
        var key = keys.Count switch
        {
            1 => keys[0],
            0 => throw new TrustDataException($"{SourceName.Quote(keySource)} has no private key; name the key's file as keyFile. Nothing was loaded.", keySource),
            var count => throw new TrustDataException($"{SourceName.Quote(keySource)} has {count} private keys; keep the one that belongs to the certificate. Nothing was loaded.", keySource),
        };
        var keyText = key.Decrypt(keySource, password);
        foreach (var certificate in blocks.Certificates)
        {
            RequireCertificate(certificate, certificateFile);
        }

        var own = TryCombine(blocks.Certificates[0], keyText) ?? throw Mismatch(blocks, keyText, certificateFile, keySource);
        return OwnIdentity.Create(own, [.. blocks.Certificates.Skip(1).Select(c => X509CertificateLoader.LoadCertificate(c))]);
    }

    private static void RequireCertificate(byte[] certificate, string source)
    {
        try
        {
            CertificateInfo.Parse(certificate);
        }
        catch (CertificateFormatException error)
        {
            throw new TrustDataException($"{SourceName.Quote(source)} has a certificate that cannot be decoded: {error.Message} Nothing was loaded.", source, error);
        }
    }

    private static X509Certificate2? TryCombine(byte[] certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(PemEncoding.WriteString("CERTIFICATE", certificate), key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Says why the first certificate and the key do not go together.</summary>
    private static TrustDataException Mismatch(IdentityPem blocks, string key, string certificateFile, string keySource)
    {
        var name = SourceName.Quote(certificateFile);
        for (var i = 1; i < blocks.Certificates.Count; i++)
        {
            using var match = TryCombine(blocks.Certificates[i], key);
            if (match is not null)
            {
                return new TrustDataException($"The key belongs to certificate {i + 1} of {name}; that one must stand first, and the CAs' behind it. Nothing was loaded.", certificateFile);
            }
        }

        var first = CertificateInfo.Parse(blocks.Certificates[0]);
        return PrivateKeyBlock.CanImport(key)
            ? new TrustDataException($"The private key of {SourceName.Quote(keySource)} does not belong to the certificate {SafeText.ShowName(first)} of {name}. Nothing was loaded.", keySource)
            : new TrustDataException($"The private key of {SourceName.Quote(keySource)} cannot be used for TLS by .NET on this platform; RSA and ECDSA (P-256, P-384, P-521) keys can. Nothing was loaded.", keySource);
    }

    private static OwnIdentity LoadPkcs12(byte[] data, string certificateFile, string? keyFile, Func<string>? password)
    {
        var name = SourceName.Quote(certificateFile);
        if (keyFile is not null)
        {
            throw new TrustDataException($"{name} is not PEM, and PKCS#12 holds its own key; leave keyFile out, or convert the certificate to PEM (openssl x509 -inform DER). Nothing was loaded.", certificateFile);
        }

        X509Certificate2Collection collection;
        try
        {
            collection = X509CertificateLoader.LoadPkcs12Collection(data, password?.Invoke(), X509KeyStorageFlags.DefaultKeySet);
        }
        catch (CryptographicException error)
        {
            var isCertificate = X509Certificate2.GetCertContentType(data) == X509ContentType.Cert;
            throw new TrustDataException(
                isCertificate
                    ? $"{name} is a certificate in DER without a key; convert it to PEM (openssl x509 -inform DER) and name its key as keyFile. Nothing was loaded."
                    : $"{name} cannot be opened as PKCS#12: {(password is null ? "it may need a password" : "the password is wrong, or it is damaged")}. Nothing was loaded.",
                certificateFile,
                error);
        }

        var own = collection.Where(c => c.HasPrivateKey).ToList();
        return own.Count == 1
            ? OwnIdentity.Create(own[0], InOrder(own[0], collection))
            : throw new TrustDataException($"{name} has {own.Count} certificates with a private key; exactly one is needed. Nothing was loaded.", certificateFile);
    }

    /// <summary>PKCS#12 has no order; servers send each certificate before its issuer.</summary>
    private static X509Certificate2[] InOrder(X509Certificate2 own, X509Certificate2Collection collection)
    {
        var rest = collection.Where(c => c != own).ToList();
        var ordered = new List<X509Certificate2>();
        for (var last = own; rest.Find(c => c.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData)) is { } next; last = next)
        {
            rest.Remove(next);
            ordered.Add(next);
        }

        return [.. ordered, .. rest];
    }
}
