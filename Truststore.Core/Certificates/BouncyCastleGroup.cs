using System.Formats.Asn1;
using Org.BouncyCastle.Asn1;

namespace Truststore.Certificates;

/// <summary>
/// Extensions that BouncyCastle reads, when somebody asks for them: those that most verifications can do without. Each value was held to DER before, so BouncyCastle sees nothing
/// of which there are two readings.
/// </summary>
internal abstract class BouncyCastleGroup : ExtensionGroup
{
    // What BouncyCastle throws on malformed input is not documented; this is every kind seen in its sources and in fuzzing.
    protected sealed override bool IsDecodingError(Exception error) =>
        error is AsnContentException or Asn1Exception or ArgumentException or IOException or InvalidOperationException or InvalidCastException or FormatException or ArithmeticException or NullReferenceException or IndexOutOfRangeException;

    protected static Asn1Object Parse(CertificateExtension extension) => Asn1Object.FromByteArray(extension.Value.ToArray());

    /// <summary>The elements of a sequence; at least one.</summary>
    protected static IReadOnlyList<Asn1Encodable> Elements(Asn1Encodable value)
    {
        var elements = new List<Asn1Encodable>();
        foreach (Asn1Encodable element in Asn1Sequence.GetInstance(value))
        {
            elements.Add(element);
        }

        return elements.Count > 0 ? elements : throw new AsnContentException("the sequence is empty.");
    }
}
