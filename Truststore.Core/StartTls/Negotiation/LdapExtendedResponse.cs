using System.Formats.Asn1;
using System.Numerics;
using System.Text;

namespace Truststore.Negotiation;

/// <summary>An ExtendedResponse of LDAP (RFC 4511 §4.12).</summary>
/// <param name="MessageId">The request that it answers; 0 for an unsolicited notification.</param>
/// <param name="ResultCode">The result.</param>
/// <param name="DiagnosticMessage">What the server has to say.</param>
/// <param name="Name">The object identifier of the operation, or <see langword="null"/>.</param>
internal sealed record LdapExtendedResponse(BigInteger MessageId, BigInteger ResultCode, string DiagnosticMessage, string? Name)
{
    internal const int Success = 0;
    internal const int ProtocolError = 2;

    private static readonly Asn1Tag s_extendedResponse = new(TagClass.Application, 24, isConstructed: true);
    private static readonly Asn1Tag s_enumerated = new(UniversalTagNumber.Enumerated);
    private static readonly Asn1Tag s_responseName = new(TagClass.ContextSpecific, 10);

    /// <summary>Reads a whole LDAPMessage.</summary>
    /// <exception cref="AsnContentException">It is malformed, or another operation.</exception>
    internal static LdapExtendedResponse Read(byte[] encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.BER);
        var message = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var messageId = message.ReadInteger();
        var response = message.ReadSequence(s_extendedResponse);
        var resultCode = new BigInteger(response.ReadEnumeratedBytes(s_enumerated).Span, isBigEndian: true);
        response.ReadOctetString();
        var diagnostic = PlaintextSession.Show(response.ReadOctetString());
        string? name = null;
        while (response.HasData)
        {
            if (response.PeekTag().HasSameClassAndValue(s_responseName))
            {
                name = Encoding.Latin1.GetString(response.ReadOctetString(s_responseName));
            }
            else
            {
                response.ReadEncodedValue();
            }
        }

        return new LdapExtendedResponse(messageId, resultCode, diagnostic, name);
    }
}
