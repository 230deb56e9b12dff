using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>What a certificate says about where things can be fetched (RFC 5280 §4.2.1.13, §4.2.2.1). Says nothing about trust.</summary>
internal sealed class LocationExtensions : ExtensionGroup
{
    private const string CaIssuers = "1.3.6.1.5.5.7.48.2";
    private const string Ocsp = "1.3.6.1.5.5.7.48.1";

    private static readonly Asn1Tag s_distributionPoint = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_reasons = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag s_crlIssuer = new(TagClass.ContextSpecific, 2, isConstructed: true);
    private static readonly Asn1Tag s_fullName = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_nameRelativeToIssuer = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private readonly List<string> _caIssuersUrls = [];
    private readonly List<string> _ocspUrls = [];
    private readonly List<string> _crlDistributionPointUrls = [];

    internal LocationExtensions(IReadOnlyList<CertificateExtension> extensions) => DecodeAll(extensions);

    internal IReadOnlyList<string> CaIssuersUrls => _caIssuersUrls;

    internal IReadOnlyList<string> OcspUrls => _ocspUrls;

    internal IReadOnlyList<string> CrlDistributionPointUrls => _crlDistributionPointUrls;

    protected override bool Contains(string oid) => oid is ExtensionOids.AuthorityInformationAccess or ExtensionOids.CrlDistributionPoints;

    protected override void Decode(CertificateExtension extension)
    {
        var elements = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        if (!elements.HasData)
        {
            throw new AsnContentException("the sequence is empty.");
        }

        while (elements.HasData)
        {
            if (extension.Oid is ExtensionOids.CrlDistributionPoints)
            {
                ReadDistributionPoint(elements.ReadSequence());
            }
            else
            {
                ReadAccessDescription(elements.ReadSequence());
            }
        }
    }

    private void ReadAccessDescription(AsnReader description)
    {
        var urls = description.ReadObjectIdentifier() switch
        {
            CaIssuers => _caIssuersUrls,
            Ocsp => _ocspUrls,
            _ => null,
        };
        var location = GeneralNameReader.ReadName(description);
        description.ThrowIfNotEmpty();
        if (location.Kind == GeneralNameKind.Uri)
        {
            urls?.Add(location.Value);
        }
    }

    private void ReadDistributionPoint(AsnReader point)
    {
        if (IsNext(point, s_distributionPoint))
        {
            ReadPointName(point.ReadSequence(s_distributionPoint));
        }

        if (IsNext(point, s_reasons))
        {
            point.ReadBitString(out _, s_reasons);
        }

        if (IsNext(point, s_crlIssuer))
        {
            GeneralNameReader.ReadNames(point.ReadSequence(s_crlIssuer));
        }

        point.ThrowIfNotEmpty();
    }

    private void ReadPointName(AsnReader choice)
    {
        if (!IsNext(choice, s_fullName))
        {
            choice.ReadSetOf(skipSortOrderValidation: true, s_nameRelativeToIssuer);
            choice.ThrowIfNotEmpty();
            return;
        }

        foreach (var name in GeneralNameReader.ReadNames(choice.ReadSequence(s_fullName)))
        {
            if (name.Kind == GeneralNameKind.Uri)
            {
                _crlDistributionPointUrls.Add(name.Value);
            }
        }

        choice.ThrowIfNotEmpty();
    }

    private static bool IsNext(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;
}
