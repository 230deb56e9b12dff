using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>IssuingDistributionPoint (RFC 5280 §5.2.5): which certificates of its issuer a revocation list is about.</summary>
internal sealed class IssuingDistributionPoint
{
    private const int OnlySomeReasons = 3;

    private IssuingDistributionPoint(AsnReader fields)
    {
        Name = DistributionPointName.ReadField(fields);
        OnlyUserCertificates = ReadBoolean(fields, 1);
        OnlyAuthorityCertificates = ReadBoolean(fields, 2);
        Reasons = ReasonReader.ReadField(fields, OnlySomeReasons);
        IsIndirect = ReadBoolean(fields, 4);
        OnlyAttributeCertificates = ReadBoolean(fields, 5);
        fields.ThrowIfNotEmpty();
        if ((OnlyUserCertificates ? 1 : 0) + (OnlyAuthorityCertificates ? 1 : 0) + (OnlyAttributeCertificates ? 1 : 0) > 1)
        {
            throw new AsnContentException("the list is about more than one kind of certificate only.");
        }
    }

    /// <summary>Where the list is, or null.</summary>
    internal DistributionPointName? Name { get; }

    internal bool OnlyUserCertificates { get; }

    internal bool OnlyAuthorityCertificates { get; }

    internal bool OnlyAttributeCertificates { get; }

    /// <summary>For which reasons the list tells of revocations; all where it does not say.</summary>
    internal RevocationReasons Reasons { get; }

    /// <summary>Whether the list may be about certificates of other issuers.</summary>
    internal bool IsIndirect { get; }

    /// <exception cref="AsnContentException">The value is not an IssuingDistributionPoint.</exception>
    internal static IssuingDistributionPoint Read(ReadOnlyMemory<byte> encoded)
    {
        DerValidator.Validate(encoded.Span);
        return new IssuingDistributionPoint(new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence());
    }

    private static bool ReadBoolean(AsnReader fields, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number);
        return fields.HasData && fields.PeekTag() == tag && fields.ReadBoolean(tag);
    }
}
