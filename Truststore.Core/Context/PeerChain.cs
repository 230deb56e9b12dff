using System.Security.Cryptography.X509Certificates;

namespace Truststore;

/// <summary>What the peer sent, as SslStream's callback hands it over: the bytes, which stay, and the handles, which die with the stream.</summary>
/// <param name="Encoded">The certificates, DER, the end-entity certificate first.</param>
/// <param name="Decoded">The same certificates decoded, in the same order.</param>
internal readonly record struct PeerChain(IReadOnlyList<ReadOnlyMemory<byte>> Encoded, IReadOnlyList<X509Certificate2> Decoded)
{
    internal static PeerChain Capture(X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not X509Certificate2 endEntity)
        {
            return new PeerChain([], []);
        }

        // On Linux and macOS the end-entity certificate is among the extra ones too; the platforms differ in where.
        var extra = chain?.ChainPolicy.ExtraStore;
        var capacity = 1 + (extra?.Count ?? 0);
        var encoded = new List<ReadOnlyMemory<byte>>(capacity) { endEntity.RawDataMemory };
        var decoded = new List<X509Certificate2>(capacity) { endEntity };
        for (var i = 0; i < (extra?.Count ?? 0); i++)
        {
            var other = extra![i];
            if (!other.RawDataMemory.Span.SequenceEqual(endEntity.RawDataMemory.Span))
            {
                encoded.Add(other.RawDataMemory);
                decoded.Add(other);
            }
        }

        return new PeerChain(encoded, decoded);
    }
}
