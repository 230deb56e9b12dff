using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Servers.Programs;

/// <summary>Prosody with two domains, the second of which has the first one's certificate. The first port is for clients, the second for servers.</summary>
internal sealed class ProsodySetup : ServerSetup
{
    internal override string Program => "prosody";

    internal override string Packages => "prosody";

    internal override string User => "prosody";

    internal override int PortCount => 2;

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports) =>
    [
        "-F",
        "--config", folder.Write(
            "prosody.cfg.lua",
            $$"""
            pidfile = "{{folder.PathOf("prosody.pid")}}"
            data_path = "{{folder.CreateFolder("data")}}"
            interfaces = { "127.0.0.1" }
            c2s_ports = { {{ports[0]}} }
            s2s_ports = { {{ports[1]}} }
            modules_enabled = { "tls", "saslauth", "dialback" }
            modules_disabled = { "posix" }
            c2s_require_encryption = true
            s2s_require_encryption = true
            log = { warn = "*console" }
            VirtualHost "{{HandshakePki.Trusted}}"
              ssl = { certificate = "{{folder.CertificateFile}}", key = "{{folder.KeyFile}}" }
            VirtualHost "{{HandshakePki.WrongHost}}"
              ssl = { certificate = "{{folder.CertificateFile}}", key = "{{folder.KeyFile}}" }

            """),
    ];
}
