using System.Security.Cryptography;
using Truststore.Trust;

namespace Truststore.Identity;

/// <summary>A private key as a PEM file has it.</summary>
/// <param name="Label">The block's label, such as <c>ENCRYPTED PRIVATE KEY</c>.</param>
/// <param name="Content">The block's content.</param>
internal sealed record PrivateKeyBlock(string Label, byte[] Content)
{
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>The key as PEM without encryption.</summary>
    /// <exception cref="TrustDataException">There is no password, or not the right one.</exception>
    internal string Decrypt(string source, Func<string>? password)
    {
        if (!string.Equals(Label, EncryptedLabel, StringComparison.Ordinal))
        {
            return PemEncoding.WriteString(Label, Content);
        }

        var name = SourceName.Quote(source);
        if (password is null)
        {
            throw new TrustDataException($"The private key of {name} is encrypted, and there is no password; give it to LoadCertificateChain. Nothing was loaded.", source);
        }

        try
        {
            using var rsa = RSA.Create();
            using var ecdsa = ECDsa.Create();
            return Decrypt(rsa, ecdsa, password());
        }
        catch (CryptographicException error)
        {
            throw new TrustDataException($"The private key of {name} cannot be decrypted: the password is wrong, or the encryption is one that .NET does not know. Nothing was loaded.", source, error);
        }
    }

    /// <summary>Whether .NET can use the key at all.</summary>
    internal static bool CanImport(string pem)
    {
        using var rsa = RSA.Create();
        using var ecdsa = ECDsa.Create();
        return CanImport(rsa, pem) || CanImport(ecdsa, pem);
    }

    private string Decrypt(RSA rsa, ECDsa ecdsa, string password)
    {
        try
        {
            rsa.ImportEncryptedPkcs8PrivateKey(password, Content, out _);
            return rsa.ExportPkcs8PrivateKeyPem();
        }
        catch (CryptographicException)
        {
            ecdsa.ImportEncryptedPkcs8PrivateKey(password, Content, out _);
            return ecdsa.ExportPkcs8PrivateKeyPem();
        }
    }

    private static bool CanImport(AsymmetricAlgorithm algorithm, string pem)
    {
        try
        {
            algorithm.ImportFromPem(pem);
            return true;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
