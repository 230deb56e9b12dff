using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads AlgorithmIdentifier (RFC 5280 §4.1.1.2).</summary>
internal static class AlgorithmIdentifier
{
    /// <summary>The object identifier and the parameters; these are empty when absent.</summary>
    /// <exception cref="AsnContentException">The value is not an AlgorithmIdentifier.</exception>
    internal static (string Oid, ReadOnlyMemory<byte> Parameters) Read(ReadOnlyMemory<byte> encoded)
    {
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        var parameters = sequence.HasData ? sequence.ReadEncodedValue() : default;
        sequence.ThrowIfNotEmpty();
        return (oid, parameters);
    }
}
