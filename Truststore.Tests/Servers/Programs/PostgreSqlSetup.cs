namespace Truststore.Tests.Servers.Programs;

/// <summary>PostgreSQL with an empty database; lets anyone in who speaks TLS.</summary>
internal sealed class PostgreSqlSetup : ServerSetup
{
    internal const string UserName = "postgres";

    private const string Programs = "/usr/lib/postgresql/15/bin";

    internal override string Program => Programs + "/postgres";

    internal override string Packages => "postgresql-15";

    internal override string User => "postgres";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        folder.CreateFolder("sockets");
        var access = folder.Write("pg_hba.conf", "hostssl all all 127.0.0.1/32 trust\n");
        return
        [
            "-D", folder.PathOf("data"),
            .. Setting("hba_file", access),
            .. Setting("listen_addresses", "127.0.0.1"),
            .. Setting("port", $"{ports[0]}"),
            .. Setting("unix_socket_directories", folder.PathOf("sockets")),
            .. Setting("fsync", "off"),
            .. Setting("ssl", "on"),
            .. Setting("ssl_cert_file", folder.CertificateFile),
            .. Setting("ssl_key_file", folder.KeyFile),
        ];
    }

    internal override Task PrepareAsync(ServerFolder folder) =>
        RunAsync(folder, Programs + "/initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "-U", UserName, "-D", folder.PathOf("data"));

    private static IEnumerable<string> Setting(string name, string value) => ["-c", $"{name}={value}"];
}
