using Truststore.Trust;

namespace Truststore.Identity;

/// <summary>The certificates and private keys of a PEM file, in its order.</summary>
internal sealed class IdentityPem
{
    internal List<byte[]> Certificates { get; } = [];

    internal List<PrivateKeyBlock> Keys { get; } = [];

    /// <exception cref="TrustDataException">A block is damaged, or encrypted in a way of before PKCS#8.</exception>
    internal static IdentityPem Read(ReadOnlySpan<byte> text, string source)
    {
        if (text.IndexOf("Proc-Type: 4,ENCRYPTED"u8) >= 0)
        {
            throw new TrustDataException(
                $"{SourceName.Quote(source)} has a private key in OpenSSL's old encryption, which .NET cannot read; convert it to PKCS#8: openssl pkcs8 -topk8 -in OLD -out NEW. Nothing was loaded.", source);
        }

        var pem = new IdentityPem();
        var reader = new PemReader(text, source);
        while (reader.MoveNext())
        {
            var label = reader.Label;
            var content = reader.ReadContent();
            if (label is "CERTIFICATE" or "X509 CERTIFICATE")
            {
                pem.Certificates.Add(content);
            }
            else if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                pem.Keys.Add(new PrivateKeyBlock(label, content));
            }
        }

        return pem;
    }
}
