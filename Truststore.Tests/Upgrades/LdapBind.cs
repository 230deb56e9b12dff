using System.Formats.Asn1;
using System.Numerics;
using System.Text;

namespace Truststore.Tests.Upgrades;

/// <summary>A simple bind to a directory (RFC 4511 §4.2).</summary>
internal static class LdapBind
{
    internal const int InvalidCredentials = 49;

    private const int Version = 3;
    private static readonly Asn1Tag s_request = new(TagClass.Application, 0, isConstructed: true);
    private static readonly Asn1Tag s_response = new(TagClass.Application, 1, isConstructed: true);
    private static readonly Asn1Tag s_simple = new(TagClass.ContextSpecific, 0);

    /// <summary>Binds.</summary>
    /// <returns>The result code.</returns>
    internal static async Task<int> RunAsync(Stream stream, int messageId, string name, string password)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(messageId);
            using (writer.PushSequence(s_request))
            {
                writer.WriteInteger(Version);
                writer.WriteOctetString(Encoding.UTF8.GetBytes(name));
                writer.WriteOctetString(Encoding.UTF8.GetBytes(password), s_simple);
            }
        }

        await stream.WriteAsync(writer.Encode());
        var header = new byte[2];
        await stream.ReadExactlyAsync(header);
        var body = new byte[header[1]];
        await stream.ReadExactlyAsync(body);
        var message = new AsnReader((byte[])[.. header, .. body], AsnEncodingRules.BER).ReadSequence();
        Assert.That(message.ReadInteger(), Is.EqualTo(new BigInteger(messageId)));
        return message.ReadSequence(s_response).ReadEnumeratedBytes().Span[0];
    }
}
