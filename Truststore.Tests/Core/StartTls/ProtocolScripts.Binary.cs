using static Truststore.Tests.Core.Negotiation.ScriptStep;

namespace Truststore.Tests.Core.Negotiation;

/// <content>LDAP, databases, and XML.</content>
internal static partial class ProtocolScripts
{
    private const string StartTlsOid = "1.3.6.1.4.1.1466.20037";
    private const string MySqlVersion = "\x0A" + "8.0.36\0";
    private const string SslRequest = "\0\0\0\x08\x04\xD2\x16\x2F";

    /// <summary>An LDAPMessage with an ExtendedResponse.</summary>
    internal static string ExtendedResponse(int messageId, int resultCode, string diagnostic, string? name = null)
    {
        var tail = name is null ? string.Empty : Tlv('\x8A', name);
        return Tlv('0', Tlv('\x02', $"{(char)messageId}") + Tlv('\x78', Tlv('\x0A', $"{(char)resultCode}") + Tlv('\x04', string.Empty) + Tlv('\x04', diagnostic) + tail));
    }

    /// <summary>The server's handshake packet with the lower half of its capabilities.</summary>
    internal static string MySqlGreeting(int capabilities) => MySqlPacket(
        MySqlVersion + "\x07\0\0\0" + "challen1" + "\0" + (char)(capabilities & 0xFF) + (char)(capabilities >> 8) + "\x2D\x02\0\xFF\xC1\x15" + new string('\0', 10) + "challenge123\0mysql_native_password\0");

    internal static string MySqlPacket(string payload, char sequence = '\0') => $"{(char)(payload.Length & 0xFF)}{(char)(payload.Length >> 8)}\0{sequence}{payload}";

    private static ProtocolScript Ldap => new(
        StartTlsProtocol.Ldap,
        C("\x30\x1D\x02\x01\x01\x77\x18\x80\x16" + StartTlsOid),
        S(ExtendedResponse(1, 0, string.Empty, StartTlsOid)))
    {
        NotOffered = [(1, ExtendedResponse(1, 2, "unsupported extended operation"))],
        Refused = [(1, ExtendedResponse(1, 1, "TLS already started")), (1, ExtendedResponse(1, 52, "unavailable")), (1, ExtendedResponse(0, 52, "bye", "1.3.6.1.4.1.1466.20036")), (1, ExtendedResponse(1, 10, "elsewhere"))],
        Unexpected =
        [
            (1, ExtendedResponse(2, 0, string.Empty)), (1, ExtendedResponse(1, 0, string.Empty, "1.2.3")), (1, "HTTP/1.1 400 Bad Request\r\n\r\n"), (1, "0\x80"), (1, "0\x85\0\0\0\0\x01"), (1, "0\0"),
            (1, Tlv('0', Tlv('\x02', "\x01") + Tlv('\x61', Tlv('\x0A', "\0") + Tlv('\x04', string.Empty) + Tlv('\x04', string.Empty)))), (1, "0\x03\x02\x01\x01"), (1, "\x15\x03\x01\0\x02\x02\x28"),
        ],
        Endless = [(1, "0\x84\x7F\xFF\xFF\xFF", "a"), (1, "0\x84\xFF\xFF\xFF\xFF", "a"), (1, "0\x82\xFF\xFF", "a")],
    };

    private static ProtocolScript PostgreSql => new(StartTlsProtocol.PostgreSql, C(SslRequest), S("S"))
    {
        NotOffered = [(1, "N")],
        Refused = [(1, "E\0\0\0\x1ESFATAL\0Mtoo many clients\0\0"), (1, "E\0\0\0\x05\0"), (1, "E\0\0\0\x06M!")],
        Unexpected = [(1, "G"), (1, "HTTP"), (1, "\0"), (1, "E\0\0\0\x03"), (1, "\x15\x03\x01\0\x02\x02\x28")],
        Endless = [(1, "E\x7F\xFF\xFF\xFF", "a"), (1, "E\0\x01\0\0", "a"), (1, "EFATAL: no\n\0", "")],
    };

    private static ProtocolScript MySql => new(
        StartTlsProtocol.MySql,
        S(MySqlGreeting(0xFFFF)),
        C("\x20\0\0\x01\x05\xAA\x08\0\xFF\xFF\xFF\0\x2D" + new string('\0', 23)))
    {
        NotOffered = [(0, MySqlGreeting(0xF7FF))],
        Refused = [(0, MySqlPacket("\xFF\x10\x04Too many connections")), (0, MySqlPacket("\xFF"))],
        Unexpected = [(0, MySqlPacket(string.Empty)), (0, MySqlPacket("\x09old\0")), (0, MySqlPacket(MySqlVersion)), (0, MySqlPacket("\x0Ano end")), (0, MySqlPacket("hello", '\x01')), (0, "220-mail\r\n")],
        Endless = [(0, "\xFF\xFF\xFF\0", "a")],
    };

    private static ProtocolScript Xmpp(StartTlsProtocol protocol, string content) => new(
        protocol,
        C($"<?xml version='1.0'?><stream:stream to='{Host}' version='1.0' xml:lang='en' xmlns='{content}' xmlns:stream='http://etherx.jabber.org/streams'>"),
        S($"<?xml version='1.0'?>\n<str:stream xmlns:str='http://etherx.jabber.org/streams' xmlns = \"{content}\"\nfrom='{Host}' id='a>b' version='1.0' >"
            + "<str:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms></str:features>"),
        C("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"),
        S("<t:proceed xmlns:t='urn:ietf:params:xml:ns:xmpp-tls'></t:proceed>"))
    {
        NotOffered =
        [
            (1, Stream(content) + "<stream:features/>"), (1, Stream(content) + "<stream:features><starttls/></stream:features>"), (1, Stream(content) + "<stream:features><starttls xmlns='urn:other'/></stream:features>"),
            (1, Stream(content) + "<stream:features><x xmlns='urn:x'><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></x></stream:features>"),
        ],
        Refused =
        [
            (1, Stream(content) + "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>"), (1, Stream(content) + "</stream:stream>"),
            (3, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>"),
        ],
        Unexpected =
        [
            (1, "HTTP/1.1 400 Bad Request\r\n"), (1, "<html>"), (1, "<!DOCTYPE stream>"), (1, "<stream:stream>"), (1, Stream("x") + "<!-- comment -->"), (1, Stream(content) + "<message/>"), (1, Stream(content) + "</other>"),
            (1, $"<stream:stream xmlns:stream='http://etherx.jabber.org/streams'/>"), (1, "</stream:stream>"), (3, "<proceed/>"), (3, "<proceed xmlns='urn:other'/>"), (3, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'><x/>"),
            (1, Stream(content) + "<stream:features>" + string.Concat(Enumerable.Repeat("<a>", 32))),
        ],
        Endless = [(1, Stream(content) + "<stream:features>", "<x/>"), (1, "", " "), (1, "<a b='", ">"), (1, Stream(content), "text"), (3, "", " ")],
    };

    private static string Stream(string content) => $"<?xml version='1.0'?><stream:stream version='1.0' xmlns='{content}' xmlns:stream='http://etherx.jabber.org/streams'>";

    private static string Tlv(char tag, string content) => $"{tag}{(char)content.Length}{content}";
}
