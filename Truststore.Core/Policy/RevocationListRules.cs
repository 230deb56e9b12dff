using System.Formats.Asn1;
using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>What a revocation list must be like to count for a certificate (RFC 5280 §5.2, §6.3.3 (b)).</summary>
internal static class RevocationListRules
{
    /// <summary>Why the list does not count, or null.</summary>
    internal static string? FindFault(CertificateRevocationList list, CertificateInfo certificate, bool isStrict)
    {
        for (var i = 0; i < list.Extensions.Count; i++)
        {
            var extension = list.Extensions[i];
            for (var j = 0; j < i; j++)
            {
                if (string.Equals(list.Extensions[j].Oid, extension.Oid, StringComparison.Ordinal))
                {
                    return $"the extension {extension.Oid} is present twice";
                }
            }

            if (FindFault(extension, certificate) is { } fault)
            {
                return fault;
            }
        }

        if (list.HasUnknownEntryExtension)
        {
            return "an entry has an unknown critical extension (RFC 5280 §5.3)";
        }

        if (!isStrict)
        {
            return null;
        }

        if (list.Version != 2 || list.NextUpdate is null)
        {
            return "it is not a version 2 list with a nextUpdate (RFC 5280 §5.1)";
        }

        var number = list.Extensions.FirstOrDefault(e => string.Equals(e.Oid, ExtensionOids.CrlNumber, StringComparison.Ordinal));
        return number is null ? "it has no CRL number (RFC 5280 §5.2.3)"
            : number.IsCritical ? "its CRL number is critical (RFC 5280 §5.2.3)"
            : null;
    }

    private static string? FindFault(CertificateExtension extension, CertificateInfo certificate) => extension.Oid switch
    {
        ExtensionOids.DeltaCrlIndicator => "it is a delta CRL, which says nothing by itself",
        ExtensionOids.IssuingDistributionPoint => FindScopeFault(extension, certificate),
        _ => extension.IsCritical && extension.Oid is not (ExtensionOids.CrlNumber or ExtensionOids.AuthorityKeyIdentifier) ? $"its critical extension {extension.Oid} is unknown" : null,
    };

    /// <summary>RFC 5280 §5.2.5: whose certificates the list is about.</summary>
    private static string? FindScopeFault(CertificateExtension extension, CertificateInfo certificate)
    {
        const int onlyUserCertificates = 1;
        const int onlyAuthorityCertificates = 2;
        const int distributionPoint = 0;
        try
        {
            DerValidator.Validate(extension.Value.Span);
            var scope = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
            while (scope.HasData)
            {
                var tag = scope.PeekTag();
                if (tag.TagClass != TagClass.ContextSpecific)
                {
                    throw new AsnContentException("a field of the issuing distribution point has no tag of its own.");
                }

                var value = scope.ReadEncodedValue().Span;
                switch (tag.TagValue)
                {
                    case distributionPoint:
                        break; // The lists were given by hand; where they came from does not matter.
                    case onlyUserCertificates when IsTrue(value, tag) && !certificate.IsCertificateAuthority:
                    case onlyAuthorityCertificates when IsTrue(value, tag) && certificate.IsCertificateAuthority:
                        break;
                    case onlyUserCertificates or onlyAuthorityCertificates when IsTrue(value, tag):
                        return "it is about the other kind of certificates, CAs or not";
                    case onlyUserCertificates or onlyAuthorityCertificates:
                        break;
                    default:
                        return "it is about some reasons, attribute certificates or other issuers only";
                }
            }

            return null;
        }
        catch (AsnContentException)
        {
            return "its issuing distribution point cannot be decoded";
        }
    }

    private static bool IsTrue(ReadOnlySpan<byte> value, Asn1Tag tag) => AsnDecoder.ReadBoolean(value, AsnEncodingRules.DER, out _, tag);
}
