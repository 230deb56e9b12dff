using System.Formats.Asn1;

namespace Truststore.Trust;

/// <summary>
/// Reads what OpenSSL writes into <c>TRUSTED CERTIFICATE</c> blocks: a certificate and behind it, maybe, <c>X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
/// reject [0] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, alias UTF8String OPTIONAL, keyid OCTET STRING OPTIONAL, other [1] IMPLICIT SEQUENCE OF AlgorithmIdentifier OPTIONAL }</c>.
/// </summary>
internal static class TrustedCertificateReader
{
    private static readonly Asn1Tag s_utf8String = new(UniversalTagNumber.UTF8String);
    private static readonly Asn1Tag s_reject = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_other = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <exception cref="CertificateFormatException">The first value is not a certificate.</exception>
    /// <exception cref="AsnContentException">What follows is not X509_CERT_AUX.</exception>
    internal static TrustAnchor Read(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var certificate = CertificateInfo.Parse(reader.ReadEncodedValue().Span);
        IReadOnlyList<string>? trusted = null;
        IReadOnlyList<string>? rejected = null;
        if (reader.HasData)
        {
            ReadUsages(reader.ReadEncodedValue(), out trusted, out rejected);
            reader.ThrowIfNotEmpty();
        }

        return new TrustAnchor(certificate, trusted, rejected);
    }

    /// <summary>Reads what stands behind the certificate.</summary>
    /// <exception cref="AsnContentException">It is not X509_CERT_AUX.</exception>
    internal static void ReadUsages(ReadOnlyMemory<byte> encoded, out IReadOnlyList<string>? trusted, out IReadOnlyList<string>? rejected)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var auxiliary = reader.ReadSequence();
        reader.ThrowIfNotEmpty();

        // OpenSSL trusts an anchor whose list is there but empty for nothing.
        trusted = IsNext(auxiliary, Asn1Tag.Sequence) ? ReadUsages(auxiliary.ReadSequence()) : null;
        rejected = IsNext(auxiliary, s_reject) ? ReadUsages(auxiliary.ReadSequence(s_reject)) : null;
        if (IsNext(auxiliary, s_utf8String))
        {
            auxiliary.ReadCharacterString(UniversalTagNumber.UTF8String);
        }

        if (IsNext(auxiliary, Asn1Tag.PrimitiveOctetString))
        {
            auxiliary.ReadOctetString();
        }

        if (IsNext(auxiliary, s_other))
        {
            auxiliary.ReadEncodedValue();
        }

        auxiliary.ThrowIfNotEmpty();
    }

    private static bool IsNext(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;

    private static List<string> ReadUsages(AsnReader usages)
    {
        var oids = new List<string>();
        while (usages.HasData)
        {
            oids.Add(usages.ReadObjectIdentifier());
        }

        return oids;
    }
}
