using System.Buffers.Binary;

namespace Truststore.Negotiation;

/// <summary>
/// MySQL and MariaDB: the server's handshake packet, version 10, and the SSLRequest packet (MySQL documentation, "Protocol::HandshakeV10", "Protocol::SSLRequest"). The
/// server does not answer the request: TLS begins behind it.
/// </summary>
internal sealed class MySqlNegotiator : INegotiator
{
    private const int HeaderLength = 4;
    private const byte HandshakeVersion = 10;
    private const byte ErrorPacket = 0xFF;
    private const uint ClientProtocol41 = 0x0000_0200;
    private const uint ClientSsl = 0x0000_0800;

    // Behind the server's version: connection id, eight octets of the challenge, a filler.
    private const int BeforeCapabilities = 4 + 8 + 1;
    private const int RequestLength = 32;
    private const int MaxPacketSize = 0xFF_FFFF;
    private const byte CharacterSetUtf8 = 45;

    public async Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken)
    {
        var header = await session.ReadAsync(HeaderLength, cancellationToken).ConfigureAwait(false);
        var length = header[0] | (header[1] << 8) | (header[2] << 16);
        if (length > ushort.MaxValue)
        {
            session.RejectTls(header);
        }

        if (header[3] != 0 || length == 0)
        {
            throw session.Unexpected("the greeting is no packet of MySQL.");
        }

        var packet = await session.ReadAsync(length, cancellationToken).ConfigureAwait(false);

        if (packet[0] == ErrorPacket)
        {
            // The error's number, and behind it the text.
            throw session.Refused("the server does not serve this client.", PlaintextSession.Show(packet.AsSpan(Math.Min(packet.Length, 3))));
        }

        if (((ReadCapabilities(packet) ?? throw session.Unexpected("the greeting is no handshake packet of version 10.")) & ClientSsl) == 0)
        {
            throw session.NotOffered("CLIENT_SSL is not among its capabilities.");
        }

        await session.SendAsync(StartTlsStep.Request, CreateRequest(session.Options.MySqlCapabilities), cancellationToken).ConfigureAwait(false);
    }

    // The lower half suffices, where CLIENT_SSL is.
    private static uint? ReadCapabilities(byte[] packet)
    {
        var version = packet.AsSpan(1);
        var start = version.IndexOf((byte)0) + 1 + BeforeCapabilities;
        return packet[0] == HandshakeVersion && start > BeforeCapabilities && version.Length >= start + sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(version[start..])
            : null;
    }

    // A packet of 32 octets with the sequence number 1: capabilities, packet size, character set, 23 zeros.
    private static byte[] CreateRequest(uint capabilities)
    {
        var request = new byte[HeaderLength + RequestLength];
        request[0] = RequestLength;
        request[3] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(HeaderLength), capabilities | ClientProtocol41 | ClientSsl);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(HeaderLength + 4), MaxPacketSize);
        request[HeaderLength + 8] = CharacterSetUtf8;
        return request;
    }
}
