using System.Formats.Asn1;

namespace Truststore.Negotiation;

/// <summary>An ExtendedResponse of LDAP (RFC 4511 §4.12).</summary>
/// <param name="MessageId">The request that it answers; 0 for an unsolicited notification.</param>
/// <param name="ResultCode">The result.</param>
/// <param name="DiagnosticMessage">What the server has to say, for people.</param>
/// <param name="IsOfStartTls">Whether it names no operation, or StartTLS.</param>
internal sealed record LdapExtendedResponse(int MessageId, int ResultCode, string DiagnosticMessage, bool IsOfStartTls)
{
    internal const int Success = 0;
    internal const int ProtocolError = 2;

    private const byte ExtendedResponse = 0x78; // [APPLICATION 24]
    private const byte ResponseName = 0x8A; // [10]
    private const byte Constructed = 0x20;

    /// <summary>The object identifier of StartTLS (RFC 4511 §4.14.1).</summary>
    internal static ReadOnlySpan<byte> StartTlsOid => "1.3.6.1.4.1.1466.20037"u8;

    /// <summary>Reads a whole LDAPMessage.</summary>
    /// <exception cref="AsnContentException">It is malformed, or another operation.</exception>
    internal static LdapExtendedResponse Read(ReadOnlySpan<byte> encoded)
    {
        var reader = new LdapReader(encoded);
        var message = new LdapReader(reader.Read(LdapReader.Sequence));
        if (!reader.IsEmpty)
        {
            throw new AsnContentException("Octets follow the message.");
        }

        var messageId = message.ReadInteger(LdapReader.Integer);
        var response = new LdapReader(message.Read(ExtendedResponse));
        SkipControls(message);
        var resultCode = response.ReadInteger(LdapReader.Enumerated);
        response.Read(LdapReader.OctetString);
        var diagnostic = PlaintextSession.Show(response.Read(LdapReader.OctetString));
        var isOfStartTls = true;
        while (!response.IsEmpty)
        {
            // Beside the name: a referral, a value, and what later versions may add.
            var value = response.Read(out var tag);
            var isName = (tag | Constructed) == (ResponseName | Constructed);
            isOfStartTls &= !isName || (tag == ResponseName && value.SequenceEqual(StartTlsOid));
        }

        return new LdapExtendedResponse(messageId, resultCode, diagnostic, isOfStartTls);
    }

    private static void SkipControls(LdapReader message)
    {
        while (!message.IsEmpty)
        {
            message.Read(out _);
        }
    }
}
