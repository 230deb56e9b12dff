using System.Collections.ObjectModel;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

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
    internal static OwnIdentity Create(X509Certificate2 certificate, X509Certificate2[] intermediates) =>
        new(CertificateInfo.From(certificate), CreateContext(Persist(certificate), intermediates));

    /// <summary>
    /// SslStreamCertificateContext.Create builds a chain of its own, in which certificates of the system's store take the place of given ones, and cross-signed ones are lost. Where it did
    /// so, its constructor takes the certificates as they are.
    /// </summary>
    private static SslStreamCertificateContext CreateContext(X509Certificate2 certificate, X509Certificate2[] intermediates)
    {
        var built = SslStreamCertificateContext.Create(certificate, [.. intermediates], offline: true);
        if (built.IntermediateCertificates.Select(c => c.RawDataMemory).SequenceEqual(intermediates.Select(c => c.RawDataMemory), OctetsComparer.Instance))
        {
            return built;
        }

        try
        {
            return NewContext(certificate, new ReadOnlyCollection<X509Certificate2>(intermediates), trust: null);
        }
        catch (MissingMethodException)
        {
            return built;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SslStreamCertificateContext NewContext(X509Certificate2 target, ReadOnlyCollection<X509Certificate2> intermediates, SslCertificateTrust? trust);

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
