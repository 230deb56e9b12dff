using Truststore.Tests.Handshakes;
using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Servers.Programs;

/// <summary>Postfix, which takes mail from loopback and keeps it on hold.</summary>
internal sealed class PostfixSetup : ServerSetup
{
    // Not the command postfix: it leaves its daemon behind when it ends.
    internal override string Program => "/usr/lib/postfix/sbin/master";

    internal override string Packages => "postfix";

    internal override bool NeedsRoot => true;

    /// <summary>The folder into which mail is put before it is acknowledged.</summary>
    internal static string HoldFolder(ServerFolder folder) => Path.Combine(folder.PathOf("queue"), "hold");

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        var configuration = folder.CreateFolder("etc");
        folder.Write("etc/main.cf", MainFile(folder));
        folder.Write(
            "etc/master.cf",
            $"""
            127.0.0.1:{ports[0]} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            rewrite unix - - n - - trivial-rewrite
            tlsmgr unix - - n 1000? 1 tlsmgr
            anvil unix - - n - 1 anvil
            proxymap unix - - n - - proxymap
            qmgr unix n - n 300 1 qmgr
            pickup unix n - n 60 1 pickup
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            postlog unix-dgram n - n - 1 postlogd

            """);
        return ["-c", configuration, "-d"];
    }

    // The check makes the folders of the queue.
    internal override async Task PrepareAsync(ServerFolder folder)
    {
        await Commands.RunAsync(ChildProcess.Require("chown"), "postfix", folder.PathOf("data"));
        await Commands.RunAsync(ChildProcess.Require("postfix"), "-c", folder.PathOf("etc"), "check");
    }

    private static string MainFile(ServerFolder folder) =>
        $"""
        compatibility_level = 3.6
        queue_directory = {folder.CreateFolder("queue")}
        data_directory = {folder.CreateFolder("data")}
        myhostname = {HandshakePki.Trusted}
        mydestination = example.com
        mynetworks = 127.0.0.0/8
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        alias_maps =
        alias_database =
        local_recipient_maps =
        maillog_file = /dev/stdout
        smtpd_peername_lookup = no
        smtpd_recipient_restrictions = check_client_access static:HOLD, permit_mynetworks, reject
        smtpd_tls_chain_files = {folder.KeyFile}, {folder.CertificateFile}
        smtpd_tls_security_level = encrypt
        smtpd_tls_received_header = yes

        """;
}
