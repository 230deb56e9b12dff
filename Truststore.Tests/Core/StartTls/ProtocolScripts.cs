using static Truststore.Tests.Core.Negotiation.ScriptStep;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>The scripts of all protocols; the examples of the RFCs, mostly.</summary>
internal static partial class ProtocolScripts
{
    internal const string Host = "trusted.example.com";

    internal static IReadOnlyList<ProtocolScript> All { get; } =
    [
        Mail(StartTlsProtocol.Smtp, "EHLO"), Mail(StartTlsProtocol.Lmtp, "LHLO"), Imap, Pop3, Ldap, PostgreSql, new(StartTlsProtocol.PostgreSqlDirect), MySql,
        Xmpp(StartTlsProtocol.Xmpp, "jabber:client"), Xmpp(StartTlsProtocol.XmppServer, "jabber:server"), Ftp, Nntp, ManageSieve, Irc,
    ];

    internal static ProtocolScript Of(StartTlsProtocol protocol) => All.Single(s => s.Protocol == protocol);

    private static ProtocolScript Mail(StartTlsProtocol protocol, string hello) => new(
        protocol,
        S("220-mail.example.com ESMTP\r\n220 ready\r\n"),
        C($"{hello} [127.0.0.1]\r\n"),
        S("250-mail.example.com\r\n250-SIZE 1000\r\n250-StartTLS\r\n250 HELP\r\n"),
        C("STARTTLS\r\n"),
        S("220 2.0.0 go ahead\r\n"))
    {
        NotOffered = [(2, "250 mail.example.com\r\n"), (2, "250-STARTTLS\r\n250-SIZE\r\n250 XSTARTTLS\r\n"), (2, "502 5.5.2 unknown\r\n")],
        Refused = [(0, "554 no\r\n"), (0, "421-busy\r\n421 later\r\n"), (2, "550 no\r\n"), (4, "454 4.7.0 not now\r\n"), (4, "501 no parameters\r\n"), (4, "530 no\r\n")],
        Unexpected = [(0, "hello\r\n"), (0, "220-a\r\n250 b\r\n"), (0, "2200 a\r\n"), (0, "250 ok\r\n"), (0, "\r\n"), (2, "220 a\r\n"), (4, "250 ok\r\n"), (4, "354 go on\r\n"), (4, "999 what\r\n")],
        Endless = [(0, "", "220-welcome\r\n"), (2, "", "250-X-EXTENSION\r\n"), (4, "", "220-go\r\n"), (0, "", "220 "), (2, "250-", "a")],
    };

    private static ProtocolScript Imap => new(
        StartTlsProtocol.Imap,
        S("* OK [CAPABILITY IMAP4rev1] ready\r\n"),
        C("A1 CAPABILITY\r\n"),
        S("* CAPABILITY IMAP4rev1 StartTLS LOGINDISABLED\r\nA1 OK done\r\n"),
        C("A2 STARTTLS\r\n"),
        S("A2 OK begin\r\n"))
    {
        NotOffered = [(2, "* CAPABILITY IMAP4rev1\r\nA1 OK done\r\n"), (2, "A1 OK STARTTLS\r\n"), (2, "* X {10}\r\n\r\nSTARTTLS STARTTLS\r\nA1 OK done\r\n")],
        Refused = [(0, "* PREAUTH welcome back\r\n"), (0, "* BYE busy\r\n"), (2, "A1 BAD what\r\n"), (2, "* BYE busy\r\n"), (4, "A2 NO not now\r\n"), (4, "A2 BAD what\r\n"), (4, "* BYE\r\n")],
        Unexpected = [(0, "+OK hi\r\n"), (0, "* CAPABILITY IMAP4rev1 STARTTLS\r\n"), (2, "A2 OK done\r\n"), (2, "+ go on\r\n"), (4, "a2 OK\r\n"), (4, "A2 MAYBE\r\n"), (4, "A2\r\n"), (4, "\r\n")],
        Endless = [(0, "", "* OK "), (2, "", "* OK still here\r\n"), (4, "", "* OK still here\r\n"), (2, "* X {70000}\r\n", ""), (2, "", "* X {100}\r\n" + "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678\r\n")],
    };

    private static ProtocolScript Pop3 => new(
        StartTlsProtocol.Pop3,
        S("+OK POP3 <1896.697170952@example.com>\r\n"),
        C("CAPA\r\n"),
        S("+OK\r\nTOP\r\nSTLS\r\nSASL PLAIN\r\n.\r\n"),
        C("STLS\r\n"),
        S("+OK begin\r\n"))
    {
        NotOffered = [(2, "+OK\r\nTOP\r\nUSER STLS\r\n.\r\n"), (2, "-ERR unknown command\r\n"), (2, "+OK STLS\r\n.\r\n")],
        Refused = [(0, "-ERR busy\r\n"), (4, "-ERR not now\r\n")],
        Unexpected = [(0, "* OK hi\r\n"), (0, "+OKAY\r\n"), (2, "220 a\r\n"), (4, "+ok\r\n"), (4, "\r\n")],
        Endless = [(0, "", "+OK "), (2, "+OK\r\n", "X-CAPABILITY\r\n"), (4, "", "+OK ")],
    };

    private static ProtocolScript Nntp => new(
        StartTlsProtocol.Nntp,
        S("201 news.example.com\r\n"),
        C("CAPABILITIES\r\n"),
        S("101 list\r\nVERSION 2\r\nREADER\r\nSTARTTLS\r\n.\r\n"),
        C("STARTTLS\r\n"),
        S("382 continue\r\n"))
    {
        NotOffered = [(2, "101 list\r\nVERSION 2\r\n.\r\n"), (2, "500 what\r\n")],
        Refused = [(0, "400 busy\r\n"), (0, "502 no\r\n"), (2, "503 no\r\n"), (4, "580 cannot\r\n"), (4, "502 no\r\n")],
        Unexpected = [(0, "220 hi\r\n"), (0, "hi\r\n"), (2, "200 hi\r\n"), (4, "281 ok\r\n"), (4, "38 go\r\n")],
        Endless = [(0, "", "200 "), (2, "101 list\r\n", "X-CAPABILITY\r\n"), (4, "", "382 ")],
    };

    private static ProtocolScript Ftp => new(
        StartTlsProtocol.Ftp,
        S("120 in a minute\r\n220-welcome\r\n 220 not the end\r\nnor this\r\n220 ready\r\n"),
        C("AUTH TLS\r\n"),
        S("234 go\r\n"))
    {
        NotOffered = [(2, "500 what\r\n"), (2, "502 not here\r\n"), (2, "504-not\r\n504 this\r\n")],
        Refused = [(0, "421 busy\r\n"), (2, "431 not now\r\n"), (2, "534 no\r\n"), (2, "530 log in first\r\n")],
        Unexpected = [(0, "SSH-2.0-OpenSSH_9.2\r\n"), (0, "331 name?\r\n"), (2, "334 ADAT\r\n"), (2, "230 in\r\n"), (2, "234go\r\n")],
        Endless = [(0, "220-welcome\r\n", "more\r\n"), (0, "", "120 wait\r\n"), (2, "234-go\r\n", "on\r\n"), (2, "", "234 ")],
    };

    private static ProtocolScript ManageSieve => new(
        StartTlsProtocol.ManageSieve,
        S("\"IMPLEMENTATION\" {7}\r\nexample\r\n\"SIEVE\" \"fileinto\"\r\n\"StartTLS\"\r\n\"VERSION\" \"1.0\"\r\nOK ready\r\n"),
        C("STARTTLS\r\n"),
        S("OK (WARNINGS) {5+}\r\nbegin\r\n"))
    {
        NotOffered = [(0, "\"IMPLEMENTATION\" \"STARTTLS\"\r\nOK\r\n"), (0, "\"IMPLEMENTATION\" {12}\r\n\r\n\"STARTTLS\"\r\nOK\r\n")],
        Refused = [(0, "BYE busy\r\n"), (0, "NO (TRYLATER) \"later\"\r\n"), (2, "NO\r\n"), (2, "BYE (REFERRAL \"sieve://x\") {3}\r\nbye\r\n")],
        Unexpected = [(0, "* OK hi\r\n"), (0, "\r\n"), (2, "\"STARTTLS\"\r\n"), (2, "OKAY\r\n")],
        Endless = [(0, "", "\"X\" \"y\"\r\n"), (0, "", "\"X\""), (2, "", "OK "), (2, "OK {99999}\r\n", "a")],
    };

    private static ProtocolScript Irc => new(
        StartTlsProtocol.Irc,
        C("CAP LS 302\r\n"),
        S("NOTICE AUTH :*** Looking up your hostname\r\n:irc.example.com CAP * LS * :multi-prefix\r\n@time=1 :irc.example.com CAP * LS :sasl=PLAIN tls\r\n"),
        C("STARTTLS\r\n"),
        S(":irc.example.com NOTICE * :hm\r\n:irc.example.com 670 * :STARTTLS successful, proceed with TLS handshake\r\n"))
    {
        NotOffered = [(1, ":irc CAP * LS :sasl tls-no notls\r\n"), (1, ":irc 421 * CAP :Unknown command\r\n"), (1, ":irc 451 * :You have not registered\r\n"), (3, ":irc 421 * STARTTLS :Unknown command\r\n")],
        Refused = [(1, "ERROR :Closing link\r\n"), (3, ":irc 691 * :STARTTLS failed\r\n"), (3, "ERROR :no\r\n")],
        Unexpected = [(1, "\r\n"), (3, ":prefix-only\r\n")],
        Endless = [(1, "", "NOTICE * :hi\r\n"), (1, "", ":irc CAP * LS * :x\r\n"), (3, "", "NOTICE * :hi\r\n"), (3, "", "NOTICE ")],
    };
}
