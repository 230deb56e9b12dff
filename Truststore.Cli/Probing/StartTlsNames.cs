namespace Truststore.Cli.Probing;

/// <summary>The names of the protocols in <c>--starttls</c>: those of <c>openssl s_client -starttls</c> where it knows the protocol.</summary>
internal static class StartTlsNames
{
    private static readonly (string Name, StartTlsProtocol Protocol)[] s_names =
    [
        ("smtp", StartTlsProtocol.Smtp),
        ("lmtp", StartTlsProtocol.Lmtp),
        ("imap", StartTlsProtocol.Imap),
        ("pop3", StartTlsProtocol.Pop3),
        ("ldap", StartTlsProtocol.Ldap),
        ("postgres", StartTlsProtocol.PostgreSql),
        ("postgres-direct", StartTlsProtocol.PostgreSqlDirect),
        ("mysql", StartTlsProtocol.MySql),
        ("xmpp", StartTlsProtocol.Xmpp),
        ("xmpp-server", StartTlsProtocol.XmppServer),
        ("ftp", StartTlsProtocol.Ftp),
        ("nntp", StartTlsProtocol.Nntp),
        ("sieve", StartTlsProtocol.ManageSieve),
        ("irc", StartTlsProtocol.Irc),
    ];

    internal static IEnumerable<string> All => s_names.Select(n => n.Name);

    /// <summary>Reads a name.</summary>
    /// <exception cref="UsageException">There is no such protocol.</exception>
    internal static StartTlsProtocol Parse(string text)
    {
        foreach (var (name, protocol) in s_names)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return protocol;
            }
        }

        throw new UsageException($"'{text}' is no protocol that can be upgraded; there are {string.Join(", ", All)}.");
    }

    /// <summary>The name of a protocol.</summary>
    internal static string Of(StartTlsProtocol protocol) => s_names.First(n => n.Protocol == protocol).Name;
}
