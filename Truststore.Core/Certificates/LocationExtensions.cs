using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Truststore.Certificates;

/// <summary>What a certificate says about where things can be fetched (RFC 5280 §4.2.1.13, §4.2.2.1). Says nothing about trust.</summary>
internal sealed class LocationExtensions : BouncyCastleGroup
{
    private static readonly Asn1Tag s_registeredId = new(TagClass.ContextSpecific, (int)GeneralNameKind.RegisteredId);

    internal LocationExtensions(IReadOnlyList<CertificateExtension> extensions) => DecodeAll(extensions);

    internal IReadOnlyList<string> CaIssuersUrls { get; private set; } = [];

    internal IReadOnlyList<string> OcspUrls { get; private set; } = [];

    internal IReadOnlyList<string> CrlDistributionPointUrls { get; private set; } = [];

    protected override bool Contains(string oid) => oid is ExtensionOids.AuthorityInformationAccess or ExtensionOids.CrlDistributionPoints;

    protected override void Decode(CertificateExtension extension)
    {
        ValidateRegisteredIds(extension.Value.Span);
        if (extension.Oid is ExtensionOids.CrlDistributionPoints)
        {
            CrlDistributionPointUrls = ReadDistributionPoints(Parse(extension));
            return;
        }

        var descriptions = Elements(Parse(extension)).Select(AccessDescription.GetInstance).ToList();
        CaIssuersUrls = Urls(descriptions, AccessDescription.IdADCAIssuers);
        OcspUrls = Urls(descriptions, AccessDescription.IdADOcsp);
    }

    /// <summary>Holds object identifiers under the tag of a general name to what the validator holds others to: BouncyCastle writes them out, and takes minutes for long ones.</summary>
    private static void ValidateRegisteredIds(ReadOnlySpan<byte> values)
    {
        while (!values.IsEmpty)
        {
            var tag = AsnDecoder.ReadEncodedValue(values, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            var content = values.Slice(offset, length);
            if (tag.IsConstructed)
            {
                ValidateRegisteredIds(content);
            }
            else if (tag == s_registeredId && !DerValidator.IsObjectIdentifier(content))
            {
                throw new AsnContentException("a registeredID is no object identifier.");
            }

            values = values[consumed..];
        }
    }

    private static IReadOnlyList<string> Urls(IReadOnlyList<AccessDescription> descriptions, DerObjectIdentifier method) =>
        [.. descriptions.Where(d => d.AccessMethod.Equals(method)).SelectMany(d => Url(d.AccessLocation))];

    private static IEnumerable<string> Url(Org.BouncyCastle.Asn1.X509.GeneralName name) =>
        name.TagNo == Org.BouncyCastle.Asn1.X509.GeneralName.UniformResourceIdentifier ? [DerIA5String.GetInstance(name.Name).GetString()] : [];

    private static IReadOnlyList<string> ReadDistributionPoints(Asn1Object value) =>
    [
        .. Elements(value).Select(DistributionPoint.GetInstance)
            .Select(point => point.DistributionPointName?.Name)
            .OfType<GeneralNames>() // the other choice is a name relative to the issuer's
            .SelectMany(fullName => fullName.GetNames())
            .SelectMany(Url),
    ];
}
