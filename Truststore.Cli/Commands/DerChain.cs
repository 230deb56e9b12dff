using System.Formats.Asn1;

namespace Truststore.Cli.Commands;

/// <summary>Reads certificates in DER, one behind the other.</summary>
internal static class DerChain
{
    /// <summary>Splits the bytes and makes sure that the first certificate is one: nothing else says what the file is.</summary>
    /// <exception cref="UsageException">The bytes are not certificates in DER.</exception>
    internal static IReadOnlyList<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> data, string name)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        try
        {
            for (var rest = data; !rest.IsEmpty;)
            {
                AsnDecoder.ReadEncodedValue(rest.Span, AsnEncodingRules.DER, out _, out _, out var length);
                certificates.Add(rest[..length]);
                rest = rest[length..];
            }

            CertificateInfo.Parse(certificates[0].Span);
            return certificates;
        }
        catch (AsnContentException error)
        {
            throw new UsageException($"{name} is neither PEM nor DER: it has no '-----BEGIN' line, and is no whole sequence of DER values.", error);
        }
        catch (CertificateFormatException error)
        {
            throw new UsageException($"{name} is no certificate: {error.Message} PKCS #7 and PKCS #12 files must be converted first ('openssl pkcs7 -print_certs', 'openssl pkcs12 -nokeys').", error);
        }
    }
}
