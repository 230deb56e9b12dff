using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Cli.Demo;

/// <summary>A throw-away certificate with its private key, which can issue others.</summary>
internal sealed class IssuedCertificate : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    private IssuedCertificate(CertificateSpec spec, IssuedCertificate? issuer, AsymmetricAlgorithm key)
    {
        Spec = spec;
        Issuer = issuer;
        _key = key;
        Certificate = CertificateFactory.Create(spec, key, issuer is null ? null : (issuer.Certificate, issuer._key));
    }

    /// <summary>What the certificate was made from.</summary>
    internal CertificateSpec Spec { get; }

    /// <summary>Who signed it; <see langword="null"/> when self-signed.</summary>
    internal IssuedCertificate? Issuer { get; }

    /// <summary>The certificate with its private key in memory.</summary>
    internal X509Certificate2 Certificate { get; }

    internal CertificateInfo Info => CertificateInfo.From(Certificate);

    internal ReadOnlyMemory<byte> Der => Certificate.RawDataMemory;

    /// <summary>This certificate and its issuers up to the self-signed one.</summary>
    internal IEnumerable<IssuedCertificate> Path
    {
        get
        {
            for (var certificate = this; certificate is not null; certificate = certificate.Issuer)
            {
                yield return certificate;
            }
        }
    }

    /// <summary>What a well-configured server sends: this certificate and its issuers, without the self-signed one.</summary>
    internal IEnumerable<IssuedCertificate> ServerChain => Path.Where(c => c == this || c.Issuer is not null);

    /// <summary>Makes a self-signed certificate: a root, or an end-entity certificate that nobody issued.</summary>
    internal static IssuedCertificate SelfSigned(CertificateSpec spec) => new(spec, issuer: null, spec.Key.Generate());

    /// <summary>Issues a certificate with a new key. Nothing is checked: a broken chain is made as readily as a good one.</summary>
    internal IssuedCertificate Issue(CertificateSpec spec) => new(spec, this, spec.Key.Generate());

    /// <summary>Issues a certificate for the name and the key that another certificate has.</summary>
    /// <param name="other">The certificate to vouch for.</param>
    /// <param name="spec">What the new one says; <see langword="null"/> for the same as the other. Its subject should stay the same.</param>
    internal IssuedCertificate CrossSign(IssuedCertificate other, CertificateSpec? spec = null) =>
        new(spec ?? other.Spec, this, CertificateFactory.Clone(other._key));

    /// <summary>Issues a certificate revocation list.</summary>
    /// <param name="thisUpdate">From when on it is valid.</param>
    /// <param name="nextUpdate">Until when.</param>
    /// <param name="revoked">The certificates on it, revoked at <paramref name="thisUpdate"/>.</param>
    /// <returns>The list in DER.</returns>
    internal byte[] CreateRevocationList(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, params IEnumerable<IssuedCertificate> revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            builder.AddEntry(certificate.Certificate, thisUpdate, X509RevocationReason.KeyCompromise);
        }

        return builder.Build(
            Certificate.SubjectName,
            CertificateFactory.GeneratorFor(_key, Spec.UsePss),
            BigInteger.One,
            nextUpdate,
            HashAlgorithmName.SHA256,
            CertificateFactory.AuthorityKeyIdentifier(Certificate.PublicKey),
            thisUpdate);
    }

    /// <summary>The certificate as a PEM block with a line end.</summary>
    internal string ExportPem() => Certificate.ExportCertificatePem() + "\n";

    /// <summary>The private key as an unencrypted PKCS #8 PEM block with a line end, for other programs' servers.</summary>
    internal string ExportKeyPem() => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>What a well-configured server sends, as PEM blocks, this certificate first.</summary>
    internal string ExportChainPem() => string.Concat(ServerChain.Select(c => c.ExportPem()));

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
