using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>What a certificate says about where things can be fetched (RFC 5280 §4.2.1.13, §4.2.2.1). Says nothing about trust.</summary>
internal sealed class LocationExtensions : ExtensionGroup
{
    private const string CaIssuers = "1.3.6.1.5.5.7.48.2";
    private const string Ocsp = "1.3.6.1.5.5.7.48.1";

    private const int Reasons = 1;

    private static readonly Asn1Tag s_crlIssuer = new(TagClass.ContextSpecific, 2, isConstructed: true);

    private readonly List<string> _caIssuersUrls = [];
    private readonly List<string> _ocspUrls = [];
    private readonly List<string> _crlDistributionPointUrls = [];
    private readonly List<DistributionPoint> _distributionPoints = [];

    internal LocationExtensions(IReadOnlyList<CertificateExtension> extensions) => DecodeAll(extensions);

    internal IReadOnlyList<string> CaIssuersUrls => _caIssuersUrls;

    internal IReadOnlyList<string> OcspUrls => _ocspUrls;

    internal IReadOnlyList<string> CrlDistributionPointUrls => _crlDistributionPointUrls;

    /// <summary>The distribution points of the certificate's revocation lists; none where the extension cannot be decoded.</summary>
    internal IReadOnlyList<DistributionPoint> DistributionPoints =>
        Errors.ContainsKey(ExtensionOids.CrlDistributionPoints) ? [] : _distributionPoints;

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

    private void ReadDistributionPoint(AsnReader fields)
    {
        var name = DistributionPointName.ReadField(fields);
        var reasons = ReasonReader.ReadField(fields, Reasons);
        IReadOnlyList<GeneralName> listIssuers = [];
        if (fields.HasData && fields.PeekTag() == s_crlIssuer)
        {
            listIssuers = GeneralNameReader.ReadNames(fields.ReadSequence(s_crlIssuer));
        }

        fields.ThrowIfNotEmpty();
        _distributionPoints.Add(new DistributionPoint(name, reasons, listIssuers));
        foreach (var fullName in name?.FullName ?? [])
        {
            if (fullName.Kind == GeneralNameKind.Uri)
            {
                _crlDistributionPointUrls.Add(fullName.Value);
            }
        }
    }
}
