using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>What explanations ask about certificates, read independently of the code under test where that decides the matter.</summary>
internal static class CertificateTraits
{
    internal const string NetscapeCertificateType = "2.16.840.1.113730.1.1";

    internal static bool HasCritical(this CertificateInfo certificate, params IEnumerable<string> oids) =>
        certificate.Extensions.Any(e => e.IsCritical && oids.Contains(e.Oid, StringComparer.Ordinal));

    /// <summary>Whether one of the usages is one of TLS (RFC 8446 §4.4.2.2, RFC 5246 §7.4.2).</summary>
    internal static bool AllowsTls(this X509KeyUsageFlags usages) => (usages & (X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement)) != X509KeyUsageFlags.None;

    internal static bool AllowsAnyUsageOnly(this CertificateInfo certificate) =>
        certificate.ExtendedKeyUsages is { } usages && usages.Contains(ExtensionOids.AnyExtendedKeyUsage, StringComparer.Ordinal) && !usages.Contains(ExtensionOids.ServerAuthentication, StringComparer.Ordinal);

    internal static bool HasWeakKey(this CertificateInfo certificate) => certificate.PublicKey is { AlgorithmOid: AlgorithmNames.Rsa or AlgorithmNames.RsaPss, Size: < 2048 } or { AlgorithmOid: AlgorithmNames.Ec, Size: < 224 };

    internal static bool IsSignedWithSha1(this CertificateInfo certificate) => certificate.SignatureAlgorithmOid is "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1";

    internal static bool HasUndecodablePolicies(this CertificateInfo certificate) =>
        certificate.Extensions.Any(e => e.Oid is ExtensionOids.CertificatePolicies or ExtensionOids.PolicyMappings or ExtensionOids.PolicyConstraints or ExtensionOids.InhibitAnyPolicy && !e.BeginsWell());

    internal static bool HasPolicyProcessing(this IEnumerable<CertificateInfo> path) => path.Any(c => c.Has(ExtensionOids.PolicyConstraints) || c.Has(ExtensionOids.PolicyMappings));

    internal static bool IsEmptySequence(this CertificateExtension extension) => extension.Value.Span.SequenceEqual((byte[])[0x30, 0x00]);

    internal static bool Has(this CertificateInfo certificate, string oid) => certificate.FindExtension(oid) is not null;

    /// <summary>Whether the authority key identifier names another key, name or serial number than the issuer's (RFC 5280 §4.2.1.1).</summary>
    internal static bool NamesOtherAuthority(this CertificateInfo certificate, CertificateInfo issuer)
    {
        if (certificate.FindExtension(ExtensionOids.AuthorityKeyIdentifier) is not { } extension)
        {
            return false;
        }

        var fields = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        var differs = false;
        while (fields.HasData)
        {
            var tag = fields.PeekTag();
            differs |= tag.TagValue switch
            {
                0 => fields.ReadOctetString(tag) is var key && issuer.SubjectKeyIdentifier is { } own && !own.Span.SequenceEqual(key),
                1 => !fields.ReadSequence(tag).ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 4, isConstructed: true)).ReadEncodedValue().Span.SequenceEqual(issuer.Issuer.RawData.Span),
                _ => !fields.ReadIntegerBytes(tag).Span.SequenceEqual(issuer.SerialNumberBytes.Span),
            };
        }

        return differs;
    }

    /// <summary>What OpenSSL takes for self-signed without looking at the signature: subject and issuer are the same, the authority key identifier names the certificate itself, and its key could have made the signature.</summary>
    internal static bool LooksSelfSigned(this CertificateInfo certificate) =>
        certificate.IsSelfIssued && !certificate.NamesOtherAuthority(certificate) && certificate.SignatureFitsKeyOf(certificate);

    /// <summary>Whether the signature algorithm is one of the issuer's kind of key, of RSA-PSS keys only PSS (RFC 4055 §1.2).</summary>
    internal static bool SignatureFitsKeyOf(this CertificateInfo certificate, CertificateInfo issuer) => issuer.PublicKey.AlgorithmOid switch
    {
        AlgorithmNames.Rsa => certificate.SignatureAlgorithmOid.StartsWith("1.2.840.113549.1.1.", StringComparison.Ordinal),
        AlgorithmNames.RsaPss => certificate.SignatureAlgorithmOid is AlgorithmNames.RsaPss,
        AlgorithmNames.Ec => certificate.SignatureAlgorithmOid.StartsWith("1.2.840.10045.4.", StringComparison.Ordinal),
        _ => false,
    };

    internal static IEnumerable<GeneralName> NamesOf(this CertificateInfo certificate, GeneralNameKind kind) => certificate.SubjectAlternativeNames.Where(n => n.Kind == kind);

    /// <summary>Whether a CA above a certificate of a path constrains names of a kind.</summary>
    internal static bool IsConstrained(this Dispute dispute, GeneralNameKind kind) =>
        dispute.Path.Skip(dispute.Objection.Depth + 1).Any(c => c.Decoded.NameConstraints?.All.Any(n => n.Kind == kind) == true);

    /// <summary>The name constraints of the CAs above the certificate that an objection is about.</summary>
    internal static IEnumerable<NameConstraintSet> ConstraintsAbove(this Dispute dispute) =>
        dispute.Path.Skip(dispute.Objection.Depth + 1).Select(c => c.Decoded.NameConstraints).OfType<NameConstraintSet>();

    /// <summary>Whether for an excluded DNS subtree above a certificate and one of its DNS names a condition holds.</summary>
    internal static bool Excludes(this Dispute dispute, Func<string, string, bool> condition) =>
        dispute.ConstraintsAbove().Any(c => c.Excluded[GeneralNameKind.DnsName].ToArray().Any(n => dispute.Certificate!.NamesOf(GeneralNameKind.DnsName).Any(name => condition(n.Value, name.Value))));

    /// <summary>Whether a subtree is none that RFC 5280 §4.2.1.10 allows: a DNS name with a wildcard, a trailing period or a space, a mask with holes.</summary>
    internal static bool IsMalformedSubtree(this GeneralName subtree) => subtree.Kind switch
    {
        GeneralNameKind.DnsName => subtree.Value.Contains('*', StringComparison.Ordinal) || subtree.Value.EndsWith('.') || subtree.Value.Contains(' ', StringComparison.Ordinal),
        GeneralNameKind.IPAddress => subtree.RawValue.Length is not (8 or 32) || string.Concat(subtree.RawValue[(subtree.RawValue.Length / 2)..].ToArray().Select(o => $"{o:b8}")).Contains("01", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether an extension holds what its type begins with; says nothing of what follows.</summary>
    internal static bool BeginsWell(this CertificateExtension extension)
    {
        try
        {
            var reader = new AsnReader(extension.Value, AsnEncodingRules.BER);
            return extension.Oid switch
            {
                ExtensionOids.KeyUsage => reader.ReadBitString(out _).Length > 0,
                ExtensionOids.SubjectKeyIdentifier => reader.ReadOctetString() is not null,
                ExtensionOids.InhibitAnyPolicy => reader.ReadInteger() >= 0,
                ExtensionOids.BasicConstraints => BeginsAsBasicConstraints(reader.ReadSequence()),
                ExtensionOids.AuthorityKeyIdentifier => reader.ReadSequence() is var fields && (!fields.HasData || fields.PeekTag().TagClass == TagClass.ContextSpecific),
                ExtensionOids.PolicyConstraints or ExtensionOids.SubjectAlternativeName or ExtensionOids.NameConstraints => reader.ReadSequence().PeekTag().TagClass == TagClass.ContextSpecific,
                ExtensionOids.ExtendedKeyUsage => reader.ReadSequence().PeekTag() == Asn1Tag.ObjectIdentifier,
                ExtensionOids.CertificatePolicies or ExtensionOids.PolicyMappings or ExtensionOids.AuthorityInformationAccess or ExtensionOids.CrlDistributionPoints => reader.ReadSequence().PeekTag() == Asn1Tag.Sequence,
                _ => true,
            };
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool BeginsAsBasicConstraints(AsnReader fields)
    {
        if (fields.HasData && fields.PeekTag() == Asn1Tag.Boolean)
        {
            fields.ReadBoolean();
        }

        return !fields.HasData || fields.ReadInteger() >= 0;
    }

    /// <summary>Whether name constraints have a subtree with a minimum or a maximum.</summary>
    internal static bool HasBoundedSubtree(this CertificateInfo certificate)
    {
        if (certificate.FindExtension(ExtensionOids.NameConstraints) is not { } extension || !extension.BeginsWell())
        {
            return false;
        }

        var subtrees = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        var bounded = false;
        while (subtrees.HasData)
        {
            var list = subtrees.ReadSequence(subtrees.PeekTag());
            while (list.HasData)
            {
                var subtree = list.ReadSequence();
                subtree.ReadEncodedValue();
                bounded |= subtree.HasData;
            }
        }

        return bounded;
    }

    internal static bool HasRepeatedExtension(this CertificateInfo certificate) => certificate.Extensions.DistinctBy(e => e.Oid, StringComparer.Ordinal).Count() < certificate.Extensions.Count;

    /// <summary>Whether something follows the DER value that an extension is to hold.</summary>
    internal static bool HasTrailingBytes(this CertificateExtension extension) =>
        AsnDecoder.TryReadEncodedValue(extension.Value.Span, AsnEncodingRules.BER, out _, out _, out _, out var consumed) && consumed < extension.Value.Length;
}
