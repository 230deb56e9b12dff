using System.Formats.Asn1;

namespace Truststore.Platform.Linux;

/// <summary>What stands behind the certificate in a <c>TRUSTED CERTIFICATE</c> block: the usages it is trusted and distrusted for.</summary>
/// <remarks>
/// OpenSSL's X509_CERT_AUX: SEQUENCE { trust SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, reject [0] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL, alias UTF8String OPTIONAL,
/// keyid OCTET STRING OPTIONAL, other [1] IMPLICIT SEQUENCE OPTIONAL }.
/// </remarks>
internal static class TrustSettings
{
    private static readonly Asn1Tag s_reject = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_other = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <exception cref="AsnContentException">The bytes are none.</exception>
    internal static void Read(ReadOnlyMemory<byte> encoded, out IReadOnlyList<string>? trusted, out IReadOnlyList<string>? rejected)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var settings = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        trusted = ReadUsages(settings, Asn1Tag.Sequence);
        rejected = ReadUsages(settings, s_reject);
        if (IsNext(settings, new Asn1Tag(UniversalTagNumber.UTF8String)))
        {
            settings.ReadEncodedValue();
        }

        if (IsNext(settings, Asn1Tag.PrimitiveOctetString))
        {
            settings.ReadEncodedValue();
        }

        if (IsNext(settings, s_other))
        {
            settings.ReadEncodedValue();
        }

        settings.ThrowIfNotEmpty();
    }

    private static List<string>? ReadUsages(AsnReader settings, Asn1Tag tag)
    {
        if (!IsNext(settings, tag))
        {
            return null;
        }

        var usages = new List<string>();
        for (var list = settings.ReadSequence(tag); list.HasData;)
        {
            usages.Add(list.ReadObjectIdentifier());
        }

        return usages;
    }

    private static bool IsNext(AsnReader settings, Asn1Tag tag) => settings.HasData && settings.PeekTag() == tag;
}
