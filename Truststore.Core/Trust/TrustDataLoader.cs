using System.Formats.Asn1;
using System.Text;

namespace Truststore.Trust;

/// <summary>Reads trust anchors and revocation lists. All or nothing: the first thing that does not belong there ends it.</summary>
internal static class TrustDataLoader
{
    private const byte SequenceTag = 0x30;

    /// <exception cref="TrustDataException">The file cannot be read, or has something in it that does not belong there.</exception>
    internal static void LoadFile(string path, TrustData into) => LoadBytes(BoundedFile.Read(path, BoundedFile.DefaultPatience), path, into);

    /// <exception cref="TrustDataException">The directory or a file in it cannot be used.</exception>
    internal static void LoadDirectory(string path, TrustData into)
    {
        foreach (var file in TrustDirectory.ListFiles(path))
        {
            LoadFile(file, into);
        }
    }

    /// <exception cref="TrustDataException">The text has no PEM block, or one that does not belong there.</exception>
    internal static void LoadText(string text, TrustData into)
    {
        BoundedFile.RequireSize(text.Length, SourceName.Data);
        LoadPem(Encoding.UTF8.GetBytes(text), SourceName.Data, into);
    }

    /// <exception cref="TrustDataException">The data is empty, or has something in it that does not belong there.</exception>
    internal static void LoadBytes(ReadOnlySpan<byte> data, string source, TrustData into)
    {
        BoundedFile.RequireSize(data.Length, source);
        if (IsEncoding(data))
        {
            LoadEncoded(data.ToArray(), source, into);
        }
        else
        {
            LoadPem(data, source, into);
        }
    }

    // A certificate or CRL is longer than 127 bytes, so its length is in the long form (X.690 §8.1.3.5), or indefinite in BER. No text has such an octet behind a '0'.
    private static bool IsEncoding(ReadOnlySpan<byte> data) => data is [SequenceTag, >= 0x80 and <= 0x84, ..];

    private static void LoadPem(ReadOnlySpan<byte> text, string source, TrustData into)
    {
        var reader = new PemReader(text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text, source);
        var found = false;
        while (reader.MoveNext())
        {
            found = true;
            var kind = TrustDataKinds.OfLabel(reader.Label);
            if (kind is TrustDataKind.Certificate or TrustDataKind.TrustedCertificate or TrustDataKind.RevocationList)
            {
                Add(reader.ReadContent(), kind, reader.Position, into);
            }
            else
            {
                // The content stays unread: keys have no business in this process's memory.
                throw reader.Position.Error(kind == TrustDataKind.Unknown
                    ? $"has the label '{reader.ShownLabel}', which is neither that of a certificate (CERTIFICATE, TRUSTED CERTIFICATE) nor that of a revocation list (X509 CRL); remove the block"
                    : TrustDataKinds.Refusal(kind));
            }
        }

        if (!found)
        {
            throw new TrustDataException(DescribeBlockless(text, source), source);
        }
    }

    private static void LoadEncoded(ReadOnlyMemory<byte> data, string source, TrustData into)
    {
        var offset = 0;
        for (var number = 1; offset < data.Length; number++)
        {
            var position = BlockPosition.AtByte(source, number, offset);
            var rest = data[offset..];
            if (!IsEncoding(rest.Span))
            {
                throw position.Error("is neither a certificate nor a certificate revocation list in DER; remove what follows the last of those, or copy the file anew");
            }

            var length = MeasureValue(rest.Span, position);
            var value = rest[..length];
            var kind = TrustDataKinds.OfEncoding(value);
            if (kind is not (TrustDataKind.Certificate or TrustDataKind.RevocationList))
            {
                throw position.Error(TrustDataKinds.Refusal(kind));
            }

            Add(value.ToArray(), kind, position, into);
            offset += length;
        }
    }

    private static void Add(ReadOnlyMemory<byte> encoded, TrustDataKind kind, BlockPosition position, TrustData into)
    {
        if (IsEncoding(encoded.Span))
        {
            MeasureValue(encoded.Span, position);
        }

        try
        {
            switch (kind)
            {
                case TrustDataKind.RevocationList:
                    into.RevocationLists.Add(CertificateRevocationList.Parse(encoded.Span));
                    break;
                case TrustDataKind.TrustedCertificate:
                    into.Anchors.Add(TrustedCertificateReader.Read(encoded));
                    break;
                default:
                    into.Anchors.Add(new TrustAnchor(CertificateInfo.ParseOwned(encoded)));
                    break;
            }
        }
        catch (Exception error) when (error is CertificateFormatException or AsnContentException)
        {
            var actual = TrustDataKinds.OfEncoding(encoded);
            var problem = actual != TrustDataKind.Unknown && IsRevocationList(actual) != IsRevocationList(kind)
                ? $"{TrustDataKinds.Refusal(actual)}, not what its label says; correct the label"
                : $"cannot be decoded. {error.Message.TrimEnd('.')}; replace the block or remove it";
            throw position.Error(problem, error);
        }
    }

    private static bool IsRevocationList(TrustDataKind kind) => kind == TrustDataKind.RevocationList;

    /// <summary>The length of the first value, its tag and length octets included.</summary>
    /// <exception cref="TrustDataException">The data ends before the value does, or the length is indefinite.</exception>
    private static int MeasureValue(ReadOnlySpan<byte> data, BlockPosition position)
    {
        if (!AsnDecoder.TryDecodeLength(data[1..], AsnEncodingRules.BER, out var content, out var lengthOctets))
        {
            throw position.Error("is truncated within its first bytes; copy the file anew");
        }

        if (content is not { } length)
        {
            var kind = TrustDataKinds.OfEncoding(data.ToArray());
            throw position.Error(kind is TrustDataKind.Pkcs7 or TrustDataKind.Pkcs12 ? TrustDataKinds.Refusal(kind) : "has a length that DER does not allow (indefinite, X.690 §10.1); convert it to PEM with openssl");
        }

        var total = 1 + lengthOctets + (long)length;
        return total <= data.Length
            ? (int)total
            : throw position.Error($"is truncated: it announces {total} bytes, and {data.Length} are there; copy the file anew");
    }

    private static string DescribeBlockless(ReadOnlySpan<byte> text, string source)
    {
        const string Wanted = "PEM blocks (-----BEGIN CERTIFICATE-----) or certificates in DER are expected";
        var name = SourceName.Quote(source);
        if (text.IsEmpty)
        {
            return $"{name} is empty; {Wanted}.";
        }

        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return $"{name} is text in UTF-16; save it as UTF-8 or ASCII.";
        }

        if (text.ContainsAnyInRange((byte)0, (byte)8))
        {
            return $"{name} is neither PEM text nor a certificate in DER, but some other binary data; {Wanted}.";
        }

        return text.TrimStart(" \t\r\n"u8).StartsWith("MI"u8)
            ? $"{name} has no PEM block, though it looks like the inside of one; put the lines -----BEGIN CERTIFICATE----- and -----END CERTIFICATE----- around it."
            : $"{name} is text without a PEM block; {Wanted}.";
    }
}
