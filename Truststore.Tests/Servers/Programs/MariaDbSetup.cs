namespace Truststore.Tests.Servers.Programs;

/// <summary>MariaDB with no database; lets anyone in.</summary>
internal sealed class MariaDbSetup : ServerSetup
{
    internal override string Program => "mariadbd";

    internal override string Packages => "mariadb-server";

    internal override string User => "mysql";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports) =>
    [
        "--no-defaults",
        "--datadir=" + folder.CreateFolder("data"),
        "--socket=" + folder.PathOf("socket"),
        "--pid-file=" + folder.PathOf("pid"),
        "--bind-address=127.0.0.1",
        $"--port={ports[0]}",
        "--skip-grant-tables",
        "--innodb-buffer-pool-size=8M",
        "--innodb-flush-log-at-trx-commit=0",
        "--ssl-cert=" + folder.CertificateFile,
        "--ssl-key=" + folder.KeyFile,
    ];
}
