using System.Formats.Asn1;

namespace Truststore.Negotiation;

/// <summary>LDAP: the StartTLS extended operation (RFC 4511 §4.14). No question before it: the request itself says whether the server knows it.</summary>
internal sealed class LdapNegotiator : INegotiator
{
    private const int MessageId = 1;
    private const int HeaderLength = 2;
    private const byte LongLength = 0x80;
    private static readonly Asn1Tag s_extendedRequest = new(TagClass.Application, 23, isConstructed: true);
    private static readonly Asn1Tag s_requestName = new(TagClass.ContextSpecific, 0);

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        await session.SendAsync(StartTlsStep.Request, CreateRequest(), cancellationToken).ConfigureAwait(false);
        var message = await ReadMessageAsync(session, cancellationToken).ConfigureAwait(false);
        LdapExtendedResponse response;
        try
        {
            response = LdapExtendedResponse.Read(message);
        }
        catch (AsnContentException error)
        {
            throw session.Unexpected("the answer is no extended response of LDAP.", error);
        }

        Check(session, response);
    }

    private static void Check(PlaintextSession session, LdapExtendedResponse response)
    {
        var said = $"{response.ResultCode} {response.DiagnosticMessage}".TrimEnd();

        // RFC 4511 §4.4: an unsolicited notification, of which there is but the notice of disconnection.
        if (response.MessageId == 0)
        {
            throw session.Refused("the server ends the connection.", said);
        }

        if (response.MessageId != MessageId || !response.IsOfStartTls)
        {
            throw session.Unexpected("the answer is to another request.");
        }

        // RFC 4511 §4.14.2: protocolError where StartTLS is not supported.
        if (response.ResultCode == LdapExtendedResponse.ProtocolError)
        {
            throw session.Fail(StartTlsFailureReason.NotOffered, "the server does not know StartTLS.", said);
        }

        if (response.ResultCode != LdapExtendedResponse.Success)
        {
            throw session.Refused("the server declined StartTLS.", said);
        }
    }

    private static byte[] CreateRequest()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(MessageId);
            using (writer.PushSequence(s_extendedRequest))
            {
                writer.WriteOctetString(LdapExtendedResponse.StartTlsOid, s_requestName);
            }
        }

        return writer.Encode();
    }

    // RFC 4511 §5.1: BER, definite lengths only.
    private static async Task<byte[]> ReadMessageAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var header = await session.ReadAsync(HeaderLength, cancellationToken).ConfigureAwait(false);
        if (header[0] != LdapReader.Sequence)
        {
            throw session.Unexpected("the answer is no message of LDAP.");
        }

        var length = (int)header[1];
        if (header[1] >= LongLength)
        {
            var octets = header[1] - LongLength;
            if (octets is 0 or > sizeof(int))
            {
                throw session.Unexpected("the length of the answer is malformed.");
            }

            var value = await session.ReadAsync(octets, cancellationToken).ConfigureAwait(false);
            header = [.. header, .. value];
            length = (int)value.Aggregate(0u, (sum, octet) => (sum << 8) | octet);
            if (length < 0)
            {
                throw session.LimitExceeded("the answer announces more than 2 GiB.");
            }
        }

        return [.. header, .. await session.ReadAsync(length, cancellationToken).ConfigureAwait(false)];
    }
}
