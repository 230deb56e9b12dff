using System.Formats.Asn1;

namespace Truststore.Trust;

/// <summary>Tells kinds of trust data, and of what people take for it, apart.</summary>
internal static class TrustDataKinds
{
    /// <summary>The kind that a PEM label announces (RFC 7468 §4; OpenSSL's pem.h).</summary>
    internal static TrustDataKind OfLabel(string label) => label switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => TrustDataKind.Certificate,
        "TRUSTED CERTIFICATE" => TrustDataKind.TrustedCertificate,
        "X509 CRL" => TrustDataKind.RevocationList,
        "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST" => TrustDataKind.CertificateRequest,
        "PKCS7" or "PKCS #7 SIGNED DATA" or "CMS" => TrustDataKind.Pkcs7,
        "PKCS12" => TrustDataKind.Pkcs12,
        _ when label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => TrustDataKind.PrivateKey,
        _ when label.EndsWith("PUBLIC KEY", StringComparison.Ordinal) => TrustDataKind.PublicKey,
        _ => TrustDataKind.Unknown,
    };

    /// <summary>The kind that an encoding looks like, by its outermost fields; BER is looked into too, to name what it is.</summary>
    internal static TrustDataKind OfEncoding(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var outer = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
            var first = outer.PeekTag();
            if (first == Asn1Tag.ObjectIdentifier)
            {
                return TrustDataKind.Pkcs7; // ContentInfo (RFC 2315 §7)
            }

            if (first == Asn1Tag.Integer)
            {
                return OfNumbered(outer);
            }

            var body = outer.ReadSequence();
            var second = outer.PeekTag();
            return second == Asn1Tag.Sequence ? OfSigned(body)
                : second == Asn1Tag.PrimitiveBitString ? TrustDataKind.PublicKey // SubjectPublicKeyInfo
                : second == Asn1Tag.PrimitiveOctetString ? TrustDataKind.PrivateKey // EncryptedPrivateKeyInfo (RFC 5958 §3)
                : TrustDataKind.Unknown;
        }
        catch (AsnContentException)
        {
            return TrustDataKind.Unknown;
        }
    }

    /// <summary>Why a block of this kind is not loaded, and what to do; goes on after the block's name.</summary>
    internal static string Refusal(TrustDataKind kind) => kind switch
    {
        TrustDataKind.PrivateKey => "holds a private key; not loaded. Trust anchors are certificates alone: take the key out of the file, and load the certificate by itself",
        TrustDataKind.PublicKey => "holds a bare public key; load the certificate that carries it",
        TrustDataKind.CertificateRequest => "holds a certificate request; load the certificate that the CA issued",
        TrustDataKind.Pkcs7 => "holds PKCS#7 (.p7b), which is not read; convert it with 'openssl pkcs7 -print_certs -in FILE -out anchors.pem' (and -inform DER if it is binary)",
        TrustDataKind.Pkcs12 => "holds PKCS#12 (.p12, .pfx), which is not read; convert it with 'openssl pkcs12 -cacerts -nokeys -in FILE -out anchors.pem'",
        TrustDataKind.RevocationList => "holds a certificate revocation list",
        TrustDataKind.Certificate or TrustDataKind.TrustedCertificate => "holds a certificate",
        _ => "is neither a certificate nor a certificate revocation list; remove it",
    };

    // PFX (RFC 7292 §4), PrivateKeyInfo (RFC 5208 §5), RSAPrivateKey and RSAPublicKey (RFC 8017 §A.1), ECPrivateKey (RFC 5915 §3).
    private static TrustDataKind OfNumbered(AsnReader outer)
    {
        var isVersion = outer.TryReadInt32(out var version);
        if (!isVersion)
        {
            outer.ReadEncodedValue();
        }

        var next = outer.PeekTag();
        if (next == Asn1Tag.Sequence)
        {
            return isVersion && version == 3 ? TrustDataKind.Pkcs12 : TrustDataKind.PrivateKey;
        }

        if (next == Asn1Tag.PrimitiveOctetString)
        {
            return TrustDataKind.PrivateKey;
        }

        outer.ReadEncodedValue();
        return outer.HasData ? TrustDataKind.PrivateKey : TrustDataKind.PublicKey;
    }

    // TBSCertificate has [0] or a serial number, two sequences, and Validity; TBSCertList a version or none, two sequences, and a time; CertificationRequestInfo a version, a name, and a key.
    private static TrustDataKind OfSigned(AsnReader body)
    {
        var first = body.PeekTag();
        if (first.TagClass == TagClass.ContextSpecific)
        {
            return TrustDataKind.Certificate;
        }

        if (first == Asn1Tag.Integer)
        {
            body.ReadEncodedValue();
        }

        body.ReadSequence();
        body.ReadSequence();
        if (!body.HasData)
        {
            return TrustDataKind.CertificateRequest;
        }

        var last = body.PeekTag();
        return last == Asn1Tag.UtcTime || last == Asn1Tag.GeneralizedTime ? TrustDataKind.RevocationList
            : last == Asn1Tag.Sequence ? TrustDataKind.Certificate
            : TrustDataKind.CertificateRequest;
    }
}
