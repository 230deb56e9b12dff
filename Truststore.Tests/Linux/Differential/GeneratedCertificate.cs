using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>A certificate of a generated chain, and its key pair, which others have too.</summary>
/// <param name="Spec">What the certificate says.</param>
/// <param name="Key">The subject's key pair.</param>
/// <param name="Der">The certificate.</param>
internal sealed record GeneratedCertificate(CertificateSpec Spec, AsymmetricAlgorithm Key, ReadOnlyMemory<byte> Der)
{
    /// <summary>Makes a self-signed certificate.</summary>
    internal static GeneratedCertificate SelfSigned(CertificateSpec spec, AsymmetricAlgorithm key) => Create(spec, key, issuer: null);

    /// <summary>Issues a certificate for a key. Nothing is checked.</summary>
    internal GeneratedCertificate Issue(CertificateSpec spec, AsymmetricAlgorithm key) => Create(spec, key, this);

    /// <summary>Issues a certificate for the name and the key of another.</summary>
    internal GeneratedCertificate CrossSign(GeneratedCertificate other, CertificateSpec? spec = null) => Create(spec ?? other.Spec, other.Key, this);

    /// <summary>Makes a self-signed certificate for the same key.</summary>
    internal GeneratedCertificate Renew(CertificateSpec spec) => Create(spec, Key, issuer: null);

    internal byte[] SignData(byte[] data, HashAlgorithmName hash, bool usePss) => Key is RSA rsa
        ? rsa.SignData(data, hash, usePss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
        : ((ECDsa)Key).SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence);

    private static GeneratedCertificate Create(CertificateSpec spec, AsymmetricAlgorithm key, GeneratedCertificate? issuer)
    {
        using var certificate = CertificateFactory.Sign(spec, key, issuer is null ? null : (CertificateFactory.SubjectOf(issuer.Spec), issuer.Key));
        return new GeneratedCertificate(spec, key, certificate.RawDataMemory);
    }
}
