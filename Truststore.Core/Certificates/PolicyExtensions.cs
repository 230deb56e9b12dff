using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Truststore.Certificates;

/// <summary>The certificate policies and what constrains them (RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11, §4.2.1.14). Bear on the verdict only where a CA constrains policies.</summary>
/// <remarks>Read by BouncyCastle. Each value was held to DER before, so it sees nothing of which there are two readings, and no object identifier that would take it long.</remarks>
internal sealed class PolicyExtensions : ExtensionGroup
{
    internal PolicyExtensions(IReadOnlyList<CertificateExtension> extensions) => DecodeAll(extensions);

    internal IReadOnlyList<string>? CertificatePolicies { get; private set; }

    internal IReadOnlyList<PolicyMapping>? Mappings { get; private set; }

    internal PolicyConstraintSet? Constraints { get; private set; }

    internal int? InhibitAnyPolicy { get; private set; }

    protected override bool Contains(string oid) =>
        oid is ExtensionOids.CertificatePolicies or ExtensionOids.PolicyMappings or ExtensionOids.PolicyConstraints or ExtensionOids.InhibitAnyPolicy;

    protected override void Decode(CertificateExtension extension)
    {
        var value = Parse(extension);
        switch (extension.Oid)
        {
            case ExtensionOids.CertificatePolicies:
                CertificatePolicies = [.. Elements(value).Select(e => PolicyInformation.GetInstance(e).PolicyIdentifier.Id)];
                break;
            case ExtensionOids.PolicyMappings:
                Mappings = [.. Elements(value).Select(ReadMapping)];
                break;
            case ExtensionOids.PolicyConstraints:
                Constraints = ReadConstraints(value);
                break;
            default:
                InhibitAnyPolicy = ReadCount(DerInteger.GetInstance(value));
                break;
        }
    }

    // What BouncyCastle throws on malformed input is not documented; this is every kind seen in its sources and in fuzzing.
    protected override bool IsDecodingError(Exception error) =>
        error is AsnContentException or Asn1Exception or ArgumentException or IOException or InvalidOperationException or InvalidCastException or FormatException or ArithmeticException or NullReferenceException or IndexOutOfRangeException;

    private static Asn1Object Parse(CertificateExtension extension) => Asn1Object.FromByteArray(extension.Value.ToArray());

    /// <summary>The elements of a sequence; at least one.</summary>
    private static IReadOnlyList<Asn1Encodable> Elements(Asn1Encodable value)
    {
        var elements = new List<Asn1Encodable>();
        foreach (Asn1Encodable element in Asn1Sequence.GetInstance(value))
        {
            elements.Add(element);
        }

        return elements.Count > 0 ? elements : throw new AsnContentException("the sequence is empty.");
    }

    private static PolicyMapping ReadMapping(Asn1Encodable element) => Elements(element) is [var issuerDomain, var subjectDomain]
        ? new PolicyMapping(DerObjectIdentifier.GetInstance(issuerDomain).Id, DerObjectIdentifier.GetInstance(subjectDomain).Id)
        : throw new AsnContentException("a mapping is not a pair.");

    private static PolicyConstraintSet ReadConstraints(Asn1Object value)
    {
        int? requireExplicitPolicy = null;
        int? inhibitPolicyMapping = null;
        foreach (var element in Elements(value))
        {
            switch (element)
            {
                case Asn1TaggedObject { TagNo: 0 } tagged when requireExplicitPolicy is null && inhibitPolicyMapping is null:
                    requireExplicitPolicy = ReadCount(DerInteger.GetInstance(tagged, false));
                    break;
                case Asn1TaggedObject { TagNo: 1 } tagged when inhibitPolicyMapping is null:
                    inhibitPolicyMapping = ReadCount(DerInteger.GetInstance(tagged, false));
                    break;
                default:
                    throw new AsnContentException("an element is neither of the two that there are, or is out of order.");
            }
        }

        return new PolicyConstraintSet(requireExplicitPolicy, inhibitPolicyMapping);
    }

    // A count above the longest path there can be says no more than "any".
    private static int ReadCount(DerInteger count) => count.Value is var value && value.SignValue < 0
        ? throw new AsnContentException("a count is negative.")
        : value.BitLength > 30 ? int.MaxValue : value.IntValue;
}
