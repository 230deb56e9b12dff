using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Truststore;

/// <summary>Reads what the peer sent from the arguments of SslStream's callback.</summary>
internal static class HandshakeChain
{
    /// <summary>The certificates, the end-entity certificate first; empty only where the peer sent none.</summary>
    internal static ImmutableArray<PeerCertificate> Capture(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is null)
        {
            return [];
        }

        // On Linux and macOS the end-entity certificate is among the extra ones too; the platforms differ in where.
        var endEntity = PeerCertificate.From(certificate);
        var extra = chain?.ChainPolicy.ExtraStore;
        var captured = ImmutableArray.CreateBuilder<PeerCertificate>(1 + (extra?.Count ?? 0));
        captured.Add(endEntity);
        for (var i = 0; i < (extra?.Count ?? 0); i++)
        {
            var other = PeerCertificate.From(extra![i]);
            if (!other.Equals(endEntity))
            {
                captured.Add(other);
            }
        }

        return captured.DrainToImmutable();
    }
}
