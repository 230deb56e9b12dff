namespace Truststore.Tests.Servers.Programs;

/// <summary>vsftpd for anonymous users, with TLS on offer.</summary>
internal sealed class VsftpdSetup : ServerSetup
{
    internal override string Program => "vsftpd";

    internal override string Packages => "vsftpd";

    internal override string User => "daemon";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        // vsftpd takes no configuration that belongs to somebody else; and no spaces around the equals sign.
        var configuration = folder.Write(
            "vsftpd.conf",
            $"""
            background=NO
            run_as_launching_user=YES
            listen=YES
            listen_address=127.0.0.1
            listen_port={ports[0]}
            anonymous_enable=YES
            anon_root={folder.CreateFolder("files")}
            no_anon_password=YES
            secure_chroot_dir={folder.CreateFolder("empty")}
            seccomp_sandbox=NO
            xferlog_enable=NO
            ssl_enable=YES
            allow_anon_ssl=YES
            rsa_cert_file={folder.CertificateFile}
            rsa_private_key_file={folder.KeyFile}
            ssl_ciphers=HIGH

            """);
        return [configuration];
    }
}
