using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Truststore.Certificates;

/// <summary>Decodes the extensions that say where things can be fetched, and nothing about trust. BouncyCastle reads their structure; each value is held to DER first.</summary>
internal static class LocationDecoder
{
    private static readonly Asn1Tag s_registeredId = new(TagClass.ContextSpecific, (int)GeneralNameKind.RegisteredId);

    /// <summary>Whether an extension is one of them.</summary>
    internal static bool Decodes(string oid) => oid is ExtensionOids.AuthorityInformationAccess or ExtensionOids.CrlDistributionPoints;

    /// <summary>Decodes them. Total: what cannot be decoded is noted in <see cref="LocationExtensions.Errors"/>.</summary>
    internal static LocationExtensions Decode(IReadOnlyList<CertificateExtension> extensions)
    {
        var decoded = new LocationExtensions();
        for (var i = 0; i < extensions.Count; i++)
        {
            var extension = extensions[i];
            if (!Decodes(extension.Oid))
            {
                continue;
            }

            if (ExtensionDecoder.IsRepeated(extensions, i))
            {
                decoded.AddError(extension.Oid, ExtensionDecoder.Repeated);
                continue;
            }

            try
            {
                Decode(extension, decoded);
            }
            catch (Exception error) when (error is AsnContentException or Asn1Exception or ArgumentException or IOException or InvalidOperationException or InvalidCastException or FormatException or ArithmeticException or NullReferenceException or IndexOutOfRangeException)
            {
                // What BouncyCastle throws on malformed input is not documented; this is every kind seen in its sources and in fuzzing.
                decoded.AddError(extension.Oid, error.Message.TrimEnd('.'));
            }
        }

        return decoded;
    }

    private static void Decode(CertificateExtension extension, LocationExtensions decoded)
    {
        DerValidator.Validate(extension.Value.Span, ExtensionDecoder.MaxValues);
        ValidateRegisteredIds(extension.Value.Span);
        var value = Asn1Object.FromByteArray(extension.Value.ToArray());
        if (extension.Oid is ExtensionOids.CrlDistributionPoints)
        {
            decoded.CrlDistributionPointUrls = DecodeDistributionPoints(value);
            return;
        }

        var descriptions = NotEmpty(Elements(value).Select(AccessDescription.GetInstance).ToList());
        decoded.CaIssuersUrls = Urls(descriptions, AccessDescription.IdADCAIssuers);
        decoded.OcspUrls = Urls(descriptions, AccessDescription.IdADOcsp);
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

    private static IEnumerable<Asn1Encodable> Elements(Asn1Object sequence)
    {
        foreach (Asn1Encodable element in Asn1Sequence.GetInstance(sequence))
        {
            yield return element;
        }
    }

    private static IReadOnlyList<T> NotEmpty<T>(List<T> items) =>
        items.Count > 0 ? items.AsReadOnly() : throw new AsnContentException("the sequence is empty.");

    private static IReadOnlyList<string> Urls(IReadOnlyList<AccessDescription> descriptions, DerObjectIdentifier method) =>
        [.. descriptions.Where(d => d.AccessMethod.Equals(method)).SelectMany(d => Url(d.AccessLocation))];

    private static IEnumerable<string> Url(Org.BouncyCastle.Asn1.X509.GeneralName name) =>
        name.TagNo == Org.BouncyCastle.Asn1.X509.GeneralName.UniformResourceIdentifier ? [DerIA5String.GetInstance(name.Name).GetString()] : [];

    private static IReadOnlyList<string> DecodeDistributionPoints(Asn1Object value) =>
    [
        .. NotEmpty(Elements(value).Select(DistributionPoint.GetInstance).ToList())
            .Select(point => point.DistributionPointName)
            .Where(name => name is { PointType: DistributionPointName.FullName })
            .SelectMany(name => GeneralNames.GetInstance(name.Name).GetNames())
            .SelectMany(Url),
    ];
}
