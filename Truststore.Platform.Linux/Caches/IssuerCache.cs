using System.Collections.Concurrent;

namespace Truststore.Platform.Linux;

/// <summary>
/// Intermediate certificates by content. Only those of trusted paths get in, so a hostile peer can't fill it. When it is full it starts over: the
/// few hundred intermediates of the public web fit.
/// </summary>
internal sealed class IssuerCache
{
    internal const int Capacity = 512;

    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, KnownIssuer> _issuers = new(EncodingComparer.Instance);

    internal int Count => _issuers.Count;

    internal KnownIssuer? Find(ReadOnlyMemory<byte> encoded) => _issuers.GetValueOrDefault(encoded);

    internal void Add(KnownIssuer issuer)
    {
        if (_issuers.Count >= Capacity)
        {
            _issuers.Clear();
        }

        _issuers.TryAdd(issuer.Certificate.RawData, issuer);
    }

    /// <summary>Compares whole certificates; the hash is of the end, which is the signature.</summary>
    private sealed class EncodingComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        internal static readonly EncodingComparer Instance = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> encoded)
        {
            const int signatureOctets = 32;
            var hash = default(HashCode);
            hash.AddBytes(encoded.Span[Math.Max(0, encoded.Length - signatureOctets)..]);
            return hash.ToHashCode();
        }
    }
}
