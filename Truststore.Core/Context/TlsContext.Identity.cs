using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using Truststore.Identity;

namespace Truststore;

/// <content>The certificate and key that a context shows.</content>
public sealed partial class TlsContext
{
    private OwnIdentity? _identity;

    /// <summary>The certificate that the context shows, or <see langword="null"/> when it has none; see <see cref="LoadCertificateChain(string, string?, string?)"/>.</summary>
    public CertificateInfo? Certificate => _identity?.Certificate;

    /// <summary>Loads the certificate that the context shows, its private key, and the certificates to send with it. Python: <c>load_cert_chain(certfile, keyfile, password)</c>.</summary>
    /// <param name="certificateFile">
    /// PEM: the context's own certificate, then the certificates of the CAs above it, in the order in which they are to be sent; or PKCS#12.
    /// </param>
    /// <param name="keyFile">PEM with the private key: PKCS#8, encrypted or not, PKCS#1 (RSA) or SEC 1 (EC). <see langword="null"/> when the key is in <paramref name="certificateFile"/>.</param>
    /// <param name="password">The password of the key or of the PKCS#12 file; <see langword="null"/> when there is none.</param>
    /// <exception cref="ArgumentException">A path is empty or has a null character.</exception>
    /// <exception cref="TrustDataException">A file is missing or unreadable, has no certificate or no key, the key belongs to another certificate, or the password is wrong. The context is unchanged.</exception>
    /// <exception cref="PlatformNotSupportedException">This version of .NET would present another chain. The context is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <remarks>
    /// <para>A client sends the certificate to servers that ask for one, and without it sends none. What is sent is what the files hold: nothing is added from the system's store, nothing left out.</para>
    /// <para>A context has one certificate; loading again replaces it. Python keeps one for each kind of key, which SslStream cannot.</para>
    /// </remarks>
    public void LoadCertificateChain(string certificateFile, string? keyFile = null, string? password = null) =>
        LoadIdentity(certificateFile, keyFile, password is null ? null : () => password);

    /// <summary>As <see cref="LoadCertificateChain(string, string?, string?)"/>, with the password asked for only when something is encrypted.</summary>
    /// <param name="certificateFile">PEM or PKCS#12.</param>
    /// <param name="keyFile">PEM with the private key, or <see langword="null"/>.</param>
    /// <param name="password">Called at most once, and for PEM only when the key is encrypted.</param>
    /// <exception cref="ArgumentException">A path is empty or has a null character.</exception>
    /// <exception cref="TrustDataException">See <see cref="LoadCertificateChain(string, string?, string?)"/>.</exception>
    /// <exception cref="PlatformNotSupportedException">See <see cref="LoadCertificateChain(string, string?, string?)"/>.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public void LoadCertificateChain(string certificateFile, string? keyFile, Func<string> password)
    {
        ArgumentNullException.ThrowIfNull(password);
        LoadIdentity(certificateFile, keyFile, password);
    }

    /// <summary>Takes a certificate that the program already has, for example one from the system's store or from a hardware token.</summary>
    /// <param name="certificate">The certificate with its private key; may be disposed afterwards.</param>
    /// <param name="intermediates">The certificates to send behind it, in that order; may be disposed afterwards.</param>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    /// <exception cref="PlatformNotSupportedException">This version of .NET would present another chain. The context is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The context owns the copy.")]
    public void LoadCertificateChain(X509Certificate2 certificate, params IEnumerable<X509Certificate2> intermediates)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException($"The certificate {SafeText.ShowName(certificate.Subject)} has no private key here; load it together with its key.", nameof(certificate));
        }

        VerifyMutable();
        var identity = OwnIdentity.Create(new X509Certificate2(certificate), [.. intermediates.Select(c => X509CertificateLoader.LoadCertificate(c.RawData))]);
        VerifyMutable();
        _identity = identity;
    }

    private void LoadIdentity(string certificateFile, string? keyFile, Func<string>? password)
    {
        ArgumentNullException.ThrowIfNull(certificateFile);
        RequirePath(certificateFile, nameof(certificateFile));
        RequirePath(keyFile, nameof(keyFile));
        VerifyMutable(nameof(LoadCertificateChain));
        var identity = IdentityLoader.Load(certificateFile, keyFile, password);
        VerifyMutable(nameof(LoadCertificateChain));
        _identity = identity;
    }
}
