using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Identity;

/// <summary>The certificate, key and chain that a context shows; lives as long as the context.</summary>
internal sealed class OwnIdentity
{
    private OwnIdentity(CertificateInfo certificate, SslStreamCertificateContext context)
    {
        Certificate = certificate;
        Context = context;
    }

    internal CertificateInfo Certificate { get; }

    /// <summary>What SslStream takes; made once, since making it is expensive.</summary>
    internal SslStreamCertificateContext Context { get; }

    /// <param name="certificate">The certificate with its key; owned from here on.</param>
    /// <param name="intermediates">What to send behind it; owned from here on.</param>
    /// <exception cref="PlatformNotSupportedException">This version of .NET cannot present the chain as it is.</exception>
    internal static OwnIdentity Create(X509Certificate2 certificate, X509Certificate2[] intermediates) =>
        new(CertificateInfo.From(certificate), ExactChain.CreateContext(Persist(certificate), intermediates));

    /// <summary>Schannel takes no key that lives in this process only; imported from PKCS#12 it gets a place that goes with the certificate.</summary>
    private static X509Certificate2 Persist(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
