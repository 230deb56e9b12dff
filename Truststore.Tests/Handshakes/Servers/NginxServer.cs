using System.Globalization;
using System.Text;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Servers;

namespace Truststore.Tests.Handshakes.Servers;

/// <summary>nginx with a host for each scenario. Answers with <c>protocol suite ALPN session</c>, the last being <c>r</c> for a resumed session and <c>.</c> for a new one.</summary>
internal sealed class NginxServer : ITlsServer
{
    private const int Attempts = 5;

    private readonly TemporaryDirectory _folder = new();
    private ChildProcess? _process;

    private NginxServer()
    {
    }

    public int Port { get; private set; }

    internal static async Task<NginxServer> StartAsync(IEnumerable<ServerScenario> scenarios)
    {
        var program = ChildProcess.Require("nginx");
        var server = new NginxServer();
        try
        {
            await server.StartAsync(program, string.Concat(scenarios.Select(server.Host)));
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    // nginx cannot be told to choose a port itself, and a free one may be taken by the time that it gets there.
    private async Task StartAsync(string program, string hosts)
    {
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort.Find(1)[0];
            var configuration = _folder.Write("nginx.conf", Configuration(hosts.Replace("PORT", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
            _process = ChildProcess.Start(program, "-p", _folder.FullName, "-e", "stderr", "-c", configuration);
            try
            {
                await _process.WaitForLineAsync(line => line.Contains("start worker process", StringComparison.Ordinal));
                return;
            }
            catch (InvalidOperationException error) when (attempt < Attempts && error.Message.Contains("bind()", StringComparison.Ordinal))
            {
                _process.Dispose();
            }
        }
    }

    private string Configuration(string hosts)
    {
        var text = new StringBuilder()
            .Append("daemon off;\nworker_processes 1;\nerror_log stderr notice;\npid nginx.pid;\n")
            .Append("events { worker_connections 512; }\nhttp {\naccess_log off;\n");
        if (Environment.IsPrivilegedProcess)
        {
            text.Insert(0, $"user {Environment.UserName};\n");
        }

        foreach (var purpose in new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" })
        {
            text.Append(CultureInfo.InvariantCulture, $"{purpose}_temp_path {_folder.FullName}/{purpose};\n");
        }

        return text
            .Append("ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers DEFAULT:@SECLEVEL=0;\nssl_session_cache shared:sessions:1m;\n")
            .Append(hosts)
            .Append("}\n")
            .ToString();
    }

    private string Host(ServerScenario scenario)
    {
        var certificates = _folder.Write(scenario.Host + ".pem", string.Concat(scenario.SentChain.Select(c => c.ExportPem())));
        var key = _folder.Write(scenario.Host + ".key", scenario.Server.ExportKeyPem());
        return $$"""
            server {
                listen 127.0.0.1:PORT ssl http2;
                server_name {{scenario.Host}};
                ssl_certificate {{certificates}};
                ssl_certificate_key {{key}};
                location / { return 200 "$ssl_protocol $ssl_cipher $ssl_alpn_protocol $ssl_session_reused"; }
            }

            """;
    }
}
