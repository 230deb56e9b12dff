using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Benchmarks;

/// <summary>A chain as a handshake hands it over: the bytes, and certificates that were decoded for this handshake and not used before.</summary>
internal sealed class PeerCertificates : IDisposable
{
    internal PeerCertificates(IReadOnlyList<ReadOnlyMemory<byte>> encoded)
    {
        Decoded = [.. encoded.Select(der => X509CertificateLoader.LoadCertificate(der.Span))];
        Chain = [.. Decoded.Select(PeerCertificate.From)];
    }

    internal ImmutableArray<PeerCertificate> Chain { get; }

    internal X509Certificate2[] Decoded { get; }

    /// <summary>What a server with this certificate sends.</summary>
    internal static IReadOnlyList<ReadOnlyMemory<byte>> Encode(IssuedCertificate server) => [.. server.ServerChain.Select(c => c.Der)];

    public void Dispose()
    {
        foreach (var certificate in Decoded)
        {
            certificate.Dispose();
        }
    }
}
