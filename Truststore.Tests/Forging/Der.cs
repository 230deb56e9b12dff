using System.Formats.Asn1;
using System.Text;

namespace Truststore.Tests.Forging;

/// <summary>Writes DER by hand: what no certificate builder would.</summary>
internal static class Der
{
    private const byte SequenceTag = 0x30;
    private const byte SetTag = 0x31;

    internal static byte[] Value(byte tag, ReadOnlySpan<byte> content)
    {
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            <= 0xFF => [0x81, (byte)content.Length],
            <= 0xFFFF => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
            _ => [0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [tag, .. length, .. content];
    }

    internal static byte[] Sequence(params IEnumerable<byte[]> values) => Value(SequenceTag, Join(values));

    internal static byte[] Set(params IEnumerable<byte[]> values) => Value(SetTag, Join(values));

    /// <summary>A context-specific value, primitive.</summary>
    internal static byte[] Tagged(int number, ReadOnlySpan<byte> content) => Value((byte)(0x80 | number), content);

    /// <summary>A context-specific value, constructed.</summary>
    internal static byte[] Wrapped(int number, params IEnumerable<byte[]> values) => Value((byte)(0xA0 | number), Join(values));

    internal static byte[] OctetString(ReadOnlySpan<byte> content) => Value(0x04, content);

    internal static byte[] BitString(ReadOnlySpan<byte> content) => Value(0x03, [0, .. content]);

    internal static byte[] Integer(long value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(value);
        return writer.Encode();
    }

    /// <summary>An INTEGER of a magnitude, most significant octet first.</summary>
    internal static byte[] Integer(ReadOnlySpan<byte> magnitude)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteIntegerUnsigned(magnitude);
        return writer.Encode();
    }

    internal static byte[] ObjectIdentifier(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    internal static byte[] UtcTime(DateTimeOffset time)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteUtcTime(time);
        return writer.Encode();
    }

    internal static byte[] Utf8(string text) => Value(0x0C, Encoding.UTF8.GetBytes(text));

    /// <summary>A Name of attributes, each an RDN of its own.</summary>
    internal static byte[] Name(params IEnumerable<(string Type, string Text)> attributes) =>
        Sequence(attributes.Select(a => Set(Sequence(ObjectIdentifier(a.Type), Utf8(a.Text)))));

    /// <summary>A Name of one common name.</summary>
    internal static byte[] CommonName(string text) => Name(("2.5.4.3", text));

    private static byte[] Join(IEnumerable<byte[]> values)
    {
        using var joined = new MemoryStream();
        foreach (var value in values)
        {
            joined.Write(value);
        }

        return joined.ToArray();
    }
}
