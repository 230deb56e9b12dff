using System.Formats.Asn1;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>A piece of work that took 20 ms on the machine on which the bound was set, to tell a slow machine from slow code.</summary>
internal static class Yardstick
{
    private const int Repetitions = 125;
    private const int Elements = 1000;

    private static readonly byte[] s_encoded = Encode();

    /// <summary>Reads structure that is wide and flat.</summary>
    internal static void Apply()
    {
        for (var i = 0; i < Repetitions; i++)
        {
            var outer = new AsnReader(s_encoded, AsnEncodingRules.DER).ReadSequence();
            while (outer.HasData)
            {
                var inner = outer.ReadSequence();
                _ = inner.ReadObjectIdentifier();
                _ = inner.ReadOctetString();
            }
        }
    }

    private static byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            for (var i = 0; i < Elements; i++)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.3.6.1.4.1.55555.1");
                    writer.WriteOctetString([1, 2, 3]);
                }
            }
        }

        return writer.Encode();
    }
}
