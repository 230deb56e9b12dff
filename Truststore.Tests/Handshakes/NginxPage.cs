using System.Net.Security;
using System.Text;

namespace Truststore.Tests.Handshakes;

/// <summary>What nginx says about a connection.</summary>
/// <param name="Protocol">The version of TLS.</param>
/// <param name="IsResumed">Whether the session is an old one.</param>
internal sealed record NginxPage(string Protocol, bool IsResumed)
{
    /// <summary>Asks nginx over a connection, which it then closes.</summary>
    internal static async Task<NginxPage> GetAsync(SslStream tls, string host, CancellationToken cancellationToken)
    {
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(tls, Encoding.ASCII, leaveOpen: true);
        var response = await reader.ReadToEndAsync(cancellationToken);
        var fields = response[(response.LastIndexOf('\n') + 1)..].Split(' ');
        return new NginxPage(fields[0], fields[^1] is "r");
    }
}
