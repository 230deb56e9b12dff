namespace Truststore.Tests.Servers.Programs;

/// <summary>Dovecot; the ports are for IMAP, POP3, ManageSieve and LMTP. Any user has the same password.</summary>
internal sealed class DovecotSetup : ServerSetup
{
    internal const string UserName = "alice";
    internal const string Password = "secret";

    internal override string Program => "dovecot";

    internal override string Packages => "dovecot-imapd dovecot-pop3d dovecot-managesieved dovecot-lmtpd";

    internal override string User => "dovecot";

    internal override int PortCount => 4;

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        var user = Commands.UserOf(User);
        var mail = folder.CreateFolder("mail");
        return
        [
            "-F",
            "-c", folder.Write(
                "dovecot.conf",
                $$"""
                base_dir = {{folder.CreateFolder("run")}}
                state_dir = {{folder.CreateFolder("state")}}
                log_path = /dev/stderr
                protocols = imap pop3 lmtp sieve
                listen = 127.0.0.1
                ssl = required
                ssl_cert = <{{folder.CertificateFile}}
                ssl_key = <{{folder.KeyFile}}
                ssl_min_protocol = TLSv1.2
                default_internal_user = {{user}}
                default_internal_group = {{user}}
                default_login_user = {{user}}
                first_valid_uid = 1
                mail_location = maildir:{{mail}}/%u
                passdb {
                  driver = static
                  args = password={{Password}}
                }
                userdb {
                  driver = static
                  args = uid={{user}} gid={{user}} home={{mail}}/%u
                }

                """
                + Service("imap-login", ("imap", ports[0]), ("imaps", 0))
                + Service("pop3-login", ("pop3", ports[1]), ("pop3s", 0))
                + Service("managesieve-login", ("sieve", ports[2]))
                + Service("lmtp", ("lmtp", ports[3]))
                + Service("anvil")
                + Service("stats")),
        ];
    }

    // Only root can lock a process up in a folder.
    private static string Service(string name, params IEnumerable<(string Name, int Port)> listeners) =>
        $"service {name} {{\n  chroot =\n{string.Concat(listeners.Select(l => $"  inet_listener {l.Name} {{\n    address = 127.0.0.1\n    port = {l.Port}\n  }}\n"))}}}\n";
}
