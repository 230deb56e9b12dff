using Truststore.Tests.Servers;
using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Upgrades;

/// <summary>A protocol with a server program that speaks it.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Name">The program's name.</param>
/// <param name="GetAsync">Starts the server, or skips the test.</param>
/// <param name="PortIndex">Which of the server's ports it is.</param>
/// <param name="ExchangeAsync">A conversation behind TLS, with its assertions.</param>
internal sealed record RealServer(StartTlsProtocol Protocol, string Name, Func<Task<ServerProcess>> GetAsync, int PortIndex, Func<Stream, Task> ExchangeAsync)
{
    internal static IReadOnlyList<RealServer> All { get; } =
    [
        new(StartTlsProtocol.Smtp, "Postfix", SharedServers.GetAsync<PostfixSetup>, 0, MailExchanges.SmtpAsync),
        new(StartTlsProtocol.Imap, "Dovecot", SharedServers.GetAsync<DovecotSetup>, 0, MailExchanges.ImapAsync),
        new(StartTlsProtocol.Pop3, "Dovecot", SharedServers.GetAsync<DovecotSetup>, 1, MailExchanges.Pop3Async),
        new(StartTlsProtocol.ManageSieve, "Dovecot", SharedServers.GetAsync<DovecotSetup>, 2, MailExchanges.ManageSieveAsync),
        new(StartTlsProtocol.Lmtp, "Dovecot", SharedServers.GetAsync<DovecotSetup>, 3, MailExchanges.LmtpAsync),
        new(StartTlsProtocol.Ldap, "slapd", SharedServers.GetAsync<SlapdSetup>, 0, OtherExchanges.LdapAsync),
        new(StartTlsProtocol.PostgreSql, "PostgreSQL", SharedServers.GetAsync<PostgreSqlSetup>, 0, OtherExchanges.PostgreSqlAsync),
        new(StartTlsProtocol.MySql, "MariaDB", SharedServers.GetAsync<MariaDbSetup>, 0, OtherExchanges.MySqlAsync),
        new(StartTlsProtocol.Xmpp, "Prosody", SharedServers.GetAsync<ProsodySetup>, 0, OtherExchanges.XmppAsync),
        new(StartTlsProtocol.XmppServer, "Prosody", SharedServers.GetAsync<ProsodySetup>, 1, OtherExchanges.XmppServerAsync),
        new(StartTlsProtocol.Ftp, "vsftpd", SharedServers.GetAsync<VsftpdSetup>, 0, OtherExchanges.FtpAsync),
        new(StartTlsProtocol.Irc, "InspIRCd", SharedServers.GetAsync<InspIrcdSetup>, 0, OtherExchanges.IrcAsync),
        new(StartTlsProtocol.Nntp, "INN", SharedServers.GetAsync<InnSetup>, 0, MailExchanges.NntpAsync),
    ];

    public override string ToString() => $"{Name} {Protocol}";
}
