namespace Truststore.Tests.Servers.Programs;

/// <summary>INN's nnrpd, the part that serves readers.</summary>
internal sealed class InnSetup : ServerSetup
{
    private const string Programs = "/usr/lib/news/bin";

    internal override string Program => Programs + "/nnrpd";

    internal override string Packages => "inn2";

    internal override string User => "news";

    // Its ports are opened by a helper that only this user may run.
    internal override bool NeedsRoot => true;

    internal override IEnumerable<string> EnvironmentOf(ServerFolder folder) => ["INNCONF=" + folder.PathOf("inn.conf")];

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        var paths = new[] { "db", "log", "run", "spool", "etc", "tmp", "overview" }.Select(name => $"path{name}: {folder.FullName}\n");
        folder.Write(
            "inn.conf",
            string.Concat(paths)
            + $"""
            pathnews: /usr/lib/news
            mta: "/bin/true"
            domain: example.com
            pathhost: news.example.com
            nnrpdloadlimit: 0
            hismethod: hisv6
            ovmethod: tradindexed
            enableoverview: true
            tlscertfile: {folder.CertificateFile}
            tlskeyfile: {folder.KeyFile}
            tlsprotocols: [ TLSv1.2 TLSv1.3 ]

            """);
        folder.Write("active", "example.test 0000000000 0000000001 y\n");
        folder.Write("newsgroups", "example.test\tTests\n");
        folder.Write("storage.conf", "method tradspool {\n    newsgroups: *\n    class: 0\n}\n");
        folder.Write("readers.conf", "auth all {\n    hosts: \"*\"\n    default: \"anyone\"\n}\naccess all {\n    users: \"*\"\n    newsgroups: \"*\"\n}\n");
        return ["-D", "-f", "-b", "127.0.0.1", "-p", $"{ports[0]}"];
    }

    // An empty overview database.
    internal override Task PrepareAsync(ServerFolder folder) => RunAsync(folder, Programs + "/makehistory", "-x", "-O");
}
