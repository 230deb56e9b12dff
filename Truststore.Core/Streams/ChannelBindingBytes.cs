using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication.ExtendedProtection;
using System.Security.Cryptography;
using System.Text;

namespace Truststore.Streams;

/// <summary>Reads channel bindings as Python has them: without .NET's header, and without the type's name in front.</summary>
internal static class ChannelBindingBytes
{
    /// <summary>SEC_CHANNEL_BINDINGS: eight 32-bit fields in front of the application data.</summary>
    private const int HeaderSize = 32;

    /// <summary>The tls-unique binding (RFC 5929 §3), or <see langword="null"/>.</summary>
    internal static byte[]? ReadUnique(SslStream stream)
    {
        using var binding = stream.TransportContext.GetChannelBinding(ChannelBindingKind.Unique);
        if (binding is null || binding.IsInvalid)
        {
            return null;
        }

        var all = new byte[binding.Size];
        Marshal.Copy(binding.DangerousGetHandle(), all, 0, all.Length);
        return all[(HeaderSize + Encoding.ASCII.GetByteCount("tls-unique:"))..];
    }

    /// <summary>The tls-server-end-point binding of a server's certificate (RFC 5929 §4.1): its hash, or <see langword="null"/> where its signature has no single hash.</summary>
    internal static byte[]? HashServerEndPoint(CertificateInfo certificate) => certificate.SignatureAlgorithm switch
    {
        "sha384WithRSAEncryption" or "ecdsa-with-SHA384" => SHA384.HashData(certificate.RawData.Span),
        "sha512WithRSAEncryption" or "ecdsa-with-SHA512" => SHA512.HashData(certificate.RawData.Span),
        "sha256WithRSAEncryption" or "ecdsa-with-SHA256" or "sha1WithRSAEncryption" or "ecdsa-with-SHA1" or "md5WithRSAEncryption" => SHA256.HashData(certificate.RawData.Span),
        _ => null,
    };
}
