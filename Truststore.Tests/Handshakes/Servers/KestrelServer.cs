using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Truststore.Tests.Handshakes.Servers;

/// <summary>Kestrel with a certificate for each scenario; without a name, or with one that it does not know, it presents the first one's. Answers with the host that was asked for.</summary>
internal sealed class KestrelServer : ITlsServer
{
    private readonly WebApplication _application;
    private readonly Dictionary<string, SslStreamCertificateContext> _certificates = new(StringComparer.Ordinal);
    private readonly SslStreamCertificateContext _default;

    private KestrelServer(IReadOnlyCollection<ServerScenario> scenarios)
    {
        foreach (var scenario in scenarios)
        {
            _certificates.Add(scenario.Host, ServerCertificates.CreateContext(scenario.SentChain));
        }

        _default = _certificates[scenarios.First().Host];
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = Authenticate })));
        _application = builder.Build();
        _application.Run(http => http.Response.WriteAsync(http.Request.Host.Host));
    }

    public int Port => new Uri(_application.Urls.Single()).Port;

    internal static async Task<KestrelServer> StartAsync(IReadOnlyCollection<ServerScenario> scenarios)
    {
        var server = new KestrelServer(scenarios);
        await server._application.StartAsync();
        return server;
    }

    public void Dispose() => ((IDisposable)_application).Dispose();

    // By this way Kestrel does not look at the certificate itself, and presents also one that is not for servers.
    private ValueTask<SslServerAuthenticationOptions> Authenticate(TlsHandshakeCallbackContext connection) => ValueTask.FromResult(new SslServerAuthenticationOptions
    {
        ServerCertificateContext = _certificates.GetValueOrDefault(connection.ClientHelloInfo.ServerName, _default),
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    });
}
