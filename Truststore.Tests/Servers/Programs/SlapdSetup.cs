namespace Truststore.Tests.Servers.Programs;

/// <summary>OpenLDAP's slapd with an empty directory.</summary>
internal sealed class SlapdSetup : ServerSetup
{
    internal const string AdministratorName = "cn=admin,dc=example,dc=com";
    internal const string Password = "secret";

    internal override string Program => "slapd";

    internal override string Packages => "slapd";

    internal override string User => "openldap";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports) =>
    [
        "-d", "0",
        "-h", $"ldap://127.0.0.1:{ports[0]}",
        "-f", folder.Write(
            "slapd.conf",
            $"""
            include /etc/ldap/schema/core.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile {folder.PathOf("slapd.pid")}
            TLSCertificateFile {folder.CertificateFile}
            TLSCertificateKeyFile {folder.KeyFile}
            TLSCACertificateFile {folder.CertificateFile}
            database mdb
            suffix "dc=example,dc=com"
            rootdn "{AdministratorName}"
            rootpw {Password}
            directory {folder.CreateFolder("data")}

            """),
    ];
}
