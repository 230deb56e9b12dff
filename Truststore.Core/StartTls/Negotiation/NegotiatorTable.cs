using System.Collections.Frozen;
using System.Net.Security;

namespace Truststore.Negotiation;

/// <summary>The protocols.</summary>
internal static class NegotiatorTable
{
    private static readonly SslApplicationProtocol s_postgreSql = new("postgresql");

    private static readonly FrozenDictionary<StartTlsProtocol, ProtocolDescription> s_protocols = new Dictionary<StartTlsProtocol, ProtocolDescription>
    {
        [StartTlsProtocol.Smtp] = new("SMTP", 25, new SmtpNegotiator("EHLO")),
        [StartTlsProtocol.Lmtp] = new("LMTP", 24, new SmtpNegotiator("LHLO")),
        [StartTlsProtocol.Imap] = new("IMAP", 143, new ImapNegotiator()),
        [StartTlsProtocol.Pop3] = new("POP3", 110, new Pop3Negotiator()),
        [StartTlsProtocol.Ldap] = new("LDAP", 389, new LdapNegotiator()),
        [StartTlsProtocol.PostgreSql] = new("PostgreSQL", 5432, new PostgreSqlNegotiator()) { ApplicationProtocol = s_postgreSql },
        [StartTlsProtocol.PostgreSqlDirect] = new("PostgreSQL", 5432, new DirectNegotiator()) { ApplicationProtocol = s_postgreSql, RequiresApplicationProtocol = true },
        [StartTlsProtocol.MySql] = new("MySQL", 3306, new MySqlNegotiator()),
        [StartTlsProtocol.Xmpp] = new("XMPP", 5222, new XmppNegotiator("jabber:client")) { UsesXmppDomain = true },
        [StartTlsProtocol.XmppServer] = new("XMPP", 5269, new XmppNegotiator("jabber:server")) { UsesXmppDomain = true },
        [StartTlsProtocol.Ftp] = new("FTP", 21, new FtpNegotiator()),
        [StartTlsProtocol.Nntp] = new("NNTP", 119, new NntpNegotiator()),
        [StartTlsProtocol.ManageSieve] = new("ManageSieve", 4190, new ManageSieveNegotiator()),
        [StartTlsProtocol.Irc] = new("IRC", 6667, new IrcNegotiator()),
    }.ToFrozenDictionary();

    /// <exception cref="ArgumentOutOfRangeException">There is no such protocol.</exception>
    internal static ProtocolDescription Get(StartTlsProtocol protocol) => s_protocols.TryGetValue(protocol, out var description)
        ? description
        : throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "There is no such protocol; StartTlsProtocol lists them.");
}
