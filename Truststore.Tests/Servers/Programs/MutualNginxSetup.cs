using System.Security.Cryptography;
using Truststore.Cli.Demo;
using Truststore.Tests.Recipes;

namespace Truststore.Tests.Servers.Programs;

/// <summary>nginx with <c>ssl_verify_client</c>: answers with the client's subject; one client is revoked.</summary>
internal sealed class MutualNginxSetup : ServerSetup
{
    internal override string Program => "nginx";

    internal override string Packages => "nginx-light";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        var ca = RecipePki.Instance.Ca;
        var now = RecipePki.Now;
        string Revoked(params IssuedCertificate[] revoked) =>
            PemEncoding.WriteString("X509 CRL", ca.Intermediate.CreateRevocationList(now.AddDays(-1), now.AddDays(1), revoked)) + "\n"
            + PemEncoding.WriteString("X509 CRL", ca.Root.CreateRevocationList(now.AddDays(-1), now.AddDays(1))) + "\n";
        var configuration = folder.Write(
            "nginx.conf",
            $$"""
            daemon off;
            worker_processes 1;
            error_log stderr notice;
            pid {{folder.PathOf("nginx.pid")}};
            {{(Environment.IsPrivilegedProcess ? "user root;" : string.Empty)}}
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path {{folder.PathOf("body")}};
              proxy_temp_path {{folder.PathOf("proxy")}};
              fastcgi_temp_path {{folder.PathOf("fastcgi")}};
              uwsgi_temp_path {{folder.PathOf("uwsgi")}};
              scgi_temp_path {{folder.PathOf("scgi")}};
              server {
                listen 127.0.0.1:{{ports[0]}} ssl;
                ssl_certificate {{folder.CertificateFile}};
                ssl_certificate_key {{folder.KeyFile}};
                ssl_verify_client on;
                ssl_verify_depth 3;
                ssl_client_certificate {{folder.Write("clients.pem", ca.RootPem)}};
                ssl_crl {{folder.Write("revoked.pem", Revoked(RecipePki.Instance.RevokedClient))}};
                location / { return 200 "$ssl_client_s_dn"; }
              }
            }

            """);
        return ["-p", folder.FullName, "-e", "stderr", "-c", configuration];
    }
}
