using System.Formats.Asn1;
using System.Security.Cryptography;
using Truststore.Certificates;

namespace Truststore.Platform.MacOS.Trust;

/// <summary>
/// Tells a forged signature from a missing issuer, which SecTrust does not: it drops paths whose signatures fail (SecTrustServer.c:700), and the issuer is "missing" then. Serves
/// only to word a rejection.
/// </summary>
internal static class IssuerSignature
{
    private const int MaxRsaBits = 8192;

    /// <summary>Whether a certificate's signature certainly does not verify under a key. False also where that cannot be found out.</summary>
    internal static bool IsForged(CertificateInfo certificate, CertificateInfo issuer)
    {
        var envelope = certificate.Envelope;
        var data = envelope.TbsCertificate.Span;
        var signature = envelope.Signature.Span;
        try
        {
            return (HashOf(certificate.SignatureAlgorithmOid), issuer.PublicKey.AlgorithmOid) switch
            {
                ({ IsRsa: true } algorithm, AlgorithmNames.Rsa) => issuer.PublicKey.Size <= MaxRsaBits && !VerifyRsa(issuer, data, signature, algorithm.Hash),
                ({ IsRsa: false } algorithm, AlgorithmNames.Ec) => !VerifyEc(issuer, data, signature, algorithm.Hash),
                _ => false,
            };
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool VerifyRsa(CertificateInfo issuer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(issuer.SubjectPublicKeyInfo.Span, out _);
        return rsa.VerifyData(data, signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static bool VerifyEc(CertificateInfo issuer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(issuer.SubjectPublicKeyInfo.Span, out _);
        return ecdsa.VerifyData(data, signature, hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    // RFC 4055 §5, RFC 5758 §3.2.
    private static (bool? IsRsa, HashAlgorithmName Hash) HashOf(string signatureAlgorithmOid) => signatureAlgorithmOid switch
    {
        "1.2.840.113549.1.1.11" => (true, HashAlgorithmName.SHA256),
        "1.2.840.113549.1.1.12" => (true, HashAlgorithmName.SHA384),
        "1.2.840.113549.1.1.13" => (true, HashAlgorithmName.SHA512),
        "1.2.840.10045.4.3.2" => (false, HashAlgorithmName.SHA256),
        "1.2.840.10045.4.3.3" => (false, HashAlgorithmName.SHA384),
        "1.2.840.10045.4.3.4" => (false, HashAlgorithmName.SHA512),
        _ => default,
    };
}
