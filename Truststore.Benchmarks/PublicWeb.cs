using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Benchmarks;

/// <summary>Gives throw-away certificates the extensions that every certificate of the public web has, so that they cost to read what those do.</summary>
internal static class PublicWeb
{
    // 2.23.140.1.2.1, domain-validated (CA/Browser Forum BR 7.1.6.1).
    private static readonly byte[] s_domainValidated = Convert.FromHexString("300A3008060667810C010201");

    /// <summary>Certificate policies, and where to fetch the issuer, its CRL and OCSP answers. Nothing listens there, and nobody asks.</summary>
    internal static CertificateSpec Extend(this CertificateSpec spec) => spec with
    {
        ExtraExtensions =
        [
            new X509Extension("2.5.29.32", s_domainValidated, critical: false),
            new X509AuthorityInformationAccessExtension(["http://ocsp.throw-away.example"], ["http://ca.throw-away.example/issuer.cer"]),
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(["http://crl.throw-away.example/issuer.crl"]),
            .. spec.IsCertificateAuthority ? [] : new[] { SignedCertificateTimestamps() },
        ],
    };

    /// <summary>Two timestamps' worth of octets (RFC 6962 §3.3); nobody looks into them here.</summary>
    private static X509Extension SignedCertificateTimestamps()
    {
        var list = new byte[242];
        list[0] = 0x04;
        list[1] = 0x81;
        list[2] = (byte)(list.Length - 3);
        return new X509Extension("1.3.6.1.4.1.11129.2.4.2", list, critical: false);
    }
}
