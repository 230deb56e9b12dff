using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Truststore.Certificates;

/// <summary>Decodes the values of the extensions that policy looks at. BouncyCastle reads their structure; each value is held to DER first.</summary>
internal static class ExtensionDecoder
{
    /// <summary>Decodes every known extension. Total: what cannot be decoded is noted in <see cref="DecodedExtensions.Errors"/> and judged by policy.</summary>
    internal static DecodedExtensions Decode(IReadOnlyList<CertificateExtension> extensions)
    {
        var decoded = new DecodedExtensions();
        for (var i = 0; i < extensions.Count; i++)
        {
            var extension = extensions[i];
            var repeated = false;
            for (var j = 0; j < i; j++)
            {
                repeated |= string.Equals(extensions[j].Oid, extension.Oid, StringComparison.Ordinal);
            }

            if (repeated)
            {
                decoded.AddError(extension.Oid, "it is present twice (RFC 5280 §4.2)");
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

    private static void Decode(CertificateExtension extension, DecodedExtensions decoded)
    {
        switch (extension.Oid)
        {
            case ExtensionOids.BasicConstraints:
                decoded.BasicConstraints = DecodeBasicConstraints(Parse(extension));
                break;
            case ExtensionOids.KeyUsage:
                decoded.KeyUsage = DecodeKeyUsage(Parse(extension));
                break;
            case ExtensionOids.ExtendedKeyUsage:
                decoded.ExtendedKeyUsages = NotEmpty(ObjectIdentifiers(Parse(extension)));
                break;
            case ExtensionOids.SubjectAlternativeName:
                DerValidator.Validate(extension.Value.Span);
                decoded.SubjectAlternativeNames = GeneralNameReader.ReadNames(extension.Value);
                break;
            case ExtensionOids.NameConstraints:
                DerValidator.Validate(extension.Value.Span);
                decoded.NameConstraints = GeneralNameReader.ReadConstraints(extension.Value);
                break;
            case ExtensionOids.SubjectKeyIdentifier:
                decoded.SubjectKeyIdentifier = Asn1OctetString.GetInstance(Parse(extension)).GetOctets();
                break;
            case ExtensionOids.AuthorityKeyIdentifier:
                decoded.AuthorityKeyIdentifier = DecodeAuthorityKeyIdentifier(Parse(extension));
                break;
            case ExtensionOids.AuthorityInformationAccess:
                DecodeAuthorityInformationAccess(Parse(extension), decoded);
                break;
            case ExtensionOids.CrlDistributionPoints:
                decoded.CrlDistributionPoints = DecodeDistributionPoints(Parse(extension));
                break;
            case ExtensionOids.CertificatePolicies:
                decoded.CertificatePolicies = NotEmpty([.. Elements(Parse(extension)).Select(e => PolicyInformation.GetInstance(e).PolicyIdentifier.Id)]);
                break;
            case ExtensionOids.PolicyMappings:
                decoded.PolicyMappings = NotEmpty(Elements(Parse(extension)).Select(DecodeMapping).ToList());
                break;
            case ExtensionOids.PolicyConstraints:
                decoded.PolicyConstraints = DecodePolicyConstraints(extension);
                break;
            case ExtensionOids.InhibitAnyPolicy:
                decoded.InhibitAnyPolicy = NotNegative(DerInteger.GetInstance(Parse(extension)));
                break;
        }
    }

    private static Asn1Object Parse(CertificateExtension extension)
    {
        DerValidator.Validate(extension.Value.Span);
        return Asn1Object.FromByteArray(extension.Value.ToArray());
    }

    private static IEnumerable<Asn1Encodable> Elements(Asn1Object sequence)
    {
        foreach (Asn1Encodable element in Asn1Sequence.GetInstance(sequence))
        {
            yield return element;
        }
    }

    private static List<string> ObjectIdentifiers(Asn1Object sequence) => [.. Elements(sequence).Select(e => DerObjectIdentifier.GetInstance(e).Id)];

    private static IReadOnlyList<T> NotEmpty<T>(List<T> items) =>
        items.Count > 0 ? items.AsReadOnly() : throw new AsnContentException("the sequence is empty.");

    private static int NotNegative(DerInteger value) => NotNegative(value.Value);

    // A count above the longest path there can be says no more than "any".
    private static int NotNegative(Org.BouncyCastle.Math.BigInteger value) => value.SignValue < 0
        ? throw new AsnContentException("a count is negative.")
        : value.BitLength > 30 ? int.MaxValue : value.IntValue;

    private static BasicConstraints DecodeBasicConstraints(Asn1Object value)
    {
        var constraints = Org.BouncyCastle.Asn1.X509.BasicConstraints.GetInstance(value);
        var pathLength = constraints.PathLenConstraint;
        return new BasicConstraints(constraints.IsCA(), pathLength is null ? null : NotNegative(pathLength));
    }

    private static int DecodeKeyUsage(Asn1Object value)
    {
        // As in X509KeyUsageFlags: bit 0 (digitalSignature) is 0x80, bit 8 (decipherOnly) is 0x8000.
        var octets = DerBitString.GetInstance(value).GetBytes();
        return octets.Length switch
        {
            0 => 0,
            1 => octets[0],
            _ => octets[0] | ((octets[1] & 0x80) << 8),
        };
    }

    private static AuthorityKeyIdentifier DecodeAuthorityKeyIdentifier(Asn1Object value)
    {
        var identifier = Org.BouncyCastle.Asn1.X509.AuthorityKeyIdentifier.GetInstance(value);
        return new AuthorityKeyIdentifier(identifier.GetKeyIdentifier() ?? [], identifier.AuthorityCertIssuer is not null, identifier.AuthorityCertSerialNumber is not null);
    }

    private static void DecodeAuthorityInformationAccess(Asn1Object value, DecodedExtensions decoded)
    {
        var descriptions = NotEmpty(Elements(value).Select(AccessDescription.GetInstance).ToList());
        decoded.CaIssuersUrls = Urls(descriptions, AccessDescription.IdADCAIssuers);
        decoded.OcspUrls = Urls(descriptions, AccessDescription.IdADOcsp);
    }

    private static IReadOnlyList<string> Urls(IReadOnlyList<AccessDescription> descriptions, DerObjectIdentifier method) =>
        [.. descriptions.Where(d => d.AccessMethod.Equals(method)).SelectMany(d => Url(d.AccessLocation))];

    private static IEnumerable<string> Url(Org.BouncyCastle.Asn1.X509.GeneralName name) =>
        name.TagNo == Org.BouncyCastle.Asn1.X509.GeneralName.UniformResourceIdentifier ? [DerIA5String.GetInstance(name.Name).GetString()] : [];

    private static IReadOnlyList<string> DecodeDistributionPoints(Asn1Object value) =>
    [
        .. NotEmpty(Elements(value).Select(DistributionPoint.GetInstance).ToList())
            .Select(point => point.DistributionPointName?.Name)
            .OfType<GeneralNames>()
            .SelectMany(fullName => fullName.GetNames())
            .SelectMany(Url),
    ];

    private static PolicyMapping DecodeMapping(Asn1Encodable element)
    {
        var pair = Asn1Sequence.GetInstance(element);
        return pair.Count == 2
            ? new PolicyMapping(DerObjectIdentifier.GetInstance(pair[0]).Id, DerObjectIdentifier.GetInstance(pair[1]).Id)
            : throw new AsnContentException("a mapping is not a pair.");
    }

    // BouncyCastle has no class for it that both of its packages share.
    private static PolicyConstraintSet DecodePolicyConstraints(CertificateExtension extension)
    {
        DerValidator.Validate(extension.Value.Span);
        var sequence = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        var requireExplicitPolicy = SkipCount(sequence, 0);
        var inhibitPolicyMapping = SkipCount(sequence, 1);
        sequence.ThrowIfNotEmpty();
        return requireExplicitPolicy is null && inhibitPolicyMapping is null
            ? throw new AsnContentException("the sequence is empty.")
            : new PolicyConstraintSet(requireExplicitPolicy, inhibitPolicyMapping);
    }

    private static int? SkipCount(AsnReader sequence, int tagNumber)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, tagNumber);
        if (!sequence.HasData || sequence.PeekTag() != tag)
        {
            return null;
        }

        var count = sequence.ReadInteger(tag);
        return count.Sign < 0 ? throw new AsnContentException("a count is negative.") : (int)System.Numerics.BigInteger.Min(count, int.MaxValue);
    }
}
