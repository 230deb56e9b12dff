using Truststore.Tests.Recipes;

namespace Truststore.Tests.Servers.Programs;

/// <summary>Redis without a file, over TLS only.</summary>
internal class RedisSetup : ServerSetup
{
    internal override string Program => "redis-server";

    internal override string Packages => "redis-server";

    /// <summary>Whether clients need a certificate.</summary>
    protected virtual bool AsksClients => false;

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports) =>
    [
        "--bind", "127.0.0.1",
        "--port", "0",
        "--tls-port", $"{ports[0]}",
        "--tls-cert-file", folder.CertificateFile,
        "--tls-key-file", folder.KeyFile,
        "--tls-ca-cert-file", folder.Write("clients.pem", RecipePki.Instance.Ca.RootPem),
        "--tls-auth-clients", AsksClients ? "yes" : "no",
        "--save", string.Empty,
        "--dir", folder.FullName,
    ];
}
