using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes.Servers;

/// <summary>Certificates for servers in this process.</summary>
internal static class ServerCertificates
{
    /// <summary>Makes a server send a chain.</summary>
    internal static SslStreamCertificateContext CreateContext(IReadOnlyList<IssuedCertificate> sentChain) =>
        SslStreamCertificateContext.Create(sentChain[0].Certificate, new X509Certificate2Collection(sentChain.Skip(1).Select(c => c.Certificate).ToArray()), offline: true);
}
