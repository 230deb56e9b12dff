using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>What a server presents.</summary>
/// <param name="Key">Its private key, PEM.</param>
/// <param name="Certificates">What it sends in DER, its own certificate first.</param>
internal sealed record HostilePeer(string Key, IReadOnlyList<ReadOnlyMemory<byte>> Certificates)
{
    internal string CertificatePem => ToPem(Certificates[0]);

    internal string ChainPem => string.Concat(Certificates.Skip(1).Select(ToPem));

    /// <summary>A certificate and its issuers.</summary>
    internal static HostilePeer Of(IssuedCertificate certificate) => new(certificate.ExportKeyPem(), [.. certificate.ServerChain.Select(c => c.Der)]);

    private static string ToPem(ReadOnlyMemory<byte> certificate) => PemEncoding.WriteString("CERTIFICATE", certificate.Span) + "\n";
}
