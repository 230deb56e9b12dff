using System.Formats.Asn1;

namespace Truststore.Tests.Linux.Differential;

/// <summary>What explanations ask about certificates that may not be decodable.</summary>
internal static class Encodings
{
    private static readonly Asn1Tag s_version = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_extensions = new(TagClass.ContextSpecific, 3, isConstructed: true);

    internal static bool HasTrailingBytes(ReadOnlyMemory<byte> certificate) =>
        AsnDecoder.TryReadEncodedValue(certificate.Span, AsnEncodingRules.BER, out _, out _, out _, out var consumed) && consumed < certificate.Length;

    /// <summary>Whether the certificate is of version 1 or 2 and has extensions.</summary>
    internal static bool IsOldWithExtensions(ReadOnlyMemory<byte> certificate)
    {
        var fields = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence();
        if (fields.PeekTag() != Asn1Tag.Sequence)
        {
            return false;
        }

        var tbs = fields.ReadSequence();
        var isOld = tbs.PeekTag() != s_version || tbs.ReadSequence(s_version).ReadInteger() < 2;
        while (tbs.HasData && tbs.PeekTag() != s_extensions)
        {
            tbs.ReadEncodedValue();
        }

        return isOld && tbs.HasData;
    }
}
