using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>
/// The RSA key that OpenSSL has decoded as a part of a certificate. GetRSAPublicKey encodes and imports it anew, which costs six verifications; for elliptic curves .NET does by itself what is
/// done here. The function is the one that it calls there, in the library that it has loaded for its own use. It is not documented: where it is not found the key is imported.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class DecodedRsaKey
{
    private const string Library = "libSystem.Security.Cryptography.Native.OpenSsl";

    /// <summary>EVP_PKEY* CryptoNative_GetX509EvpPublicKey(X509*): a reference of the caller's own, or null.</summary>
    private static readonly delegate* unmanaged<nint, nint> s_getKey = (delegate* unmanaged<nint, nint>)FindFunction();

    /// <summary>Opens the key.</summary>
    /// <returns>Null where it has to be imported.</returns>
    /// <exception cref="CryptographicException">The key cannot be used.</exception>
    internal static RSA? Open(X509Certificate2 certificate)
    {
        // A key for RSASSA-PSS alone is another kind for OpenSSL.
        if (s_getKey == null || !string.Equals(certificate.GetKeyAlgorithm(), AlgorithmNames.Rsa, StringComparison.Ordinal))
        {
            return null;
        }

        using var key = new SafeEvpPKeyHandle(s_getKey(certificate.Handle), ownsHandle: true);
        GC.KeepAlive(certificate);
        return key.IsInvalid ? null : new RSAOpenSsl(key);
    }

    private static nint FindFunction() =>
        NativeLibrary.TryLoad(Library, typeof(RSAOpenSsl).Assembly, DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory, out var library)
        && NativeLibrary.TryGetExport(library, "CryptoNative_GetX509EvpPublicKey", out var function) ? function : 0;
}
