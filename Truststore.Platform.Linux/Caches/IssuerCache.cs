using System.Collections.Concurrent;

namespace Truststore.Platform.Linux;

/// <summary>
/// Intermediate certificates by content. Only those of trusted paths get in, so a hostile peer can't fill it. When it is
/// full, by count or by bytes, it starts over: the few hundred intermediates of the public web fit.
/// </summary>
internal sealed class IssuerCache
{
    internal const int Capacity = 512;

    /// <summary>How many bytes of certificates are kept at most.</summary>
    internal const int MaxSize = 4 * 1024 * 1024;

    private readonly ConcurrentDictionary<Encoding, KnownIssuer> _issuers = new();

    // Counted here: ConcurrentDictionary.Count takes all its locks, and the first one of a process starts an event source, which costs more than the whole verification.
    private int _count;
    private long _size;

    internal int Count => Volatile.Read(ref _count);

    internal KnownIssuer? Find(ReadOnlyMemory<byte> encoded) => _issuers.GetValueOrDefault(new Encoding(encoded));

    internal void Add(KnownIssuer issuer)
    {
        var length = issuer.Certificate.RawData.Length;
        if (Count >= Capacity || Interlocked.Read(ref _size) + length > MaxSize)
        {
            Clear();
        }

        if (_issuers.TryAdd(new Encoding(issuer.Certificate.RawData), issuer))
        {
            Interlocked.Increment(ref _count);
            Interlocked.Add(ref _size, length);
        }
    }

    private void Clear()
    {
        foreach (var (encoding, _) in _issuers)
        {
            if (_issuers.TryRemove(encoding, out var removed))
            {
                Interlocked.Decrement(ref _count);
                Interlocked.Add(ref _size, -removed.Certificate.RawData.Length);
            }
        }
    }

    /// <summary>A certificate's bytes, compared whole; the hash is of the end, which is the signature.</summary>
    /// <remarks>A class because the runtime has the dictionary precompiled for those, which a process's first handshake feels.</remarks>
    private sealed class Encoding(ReadOnlyMemory<byte> bytes) : IEquatable<Encoding>
    {
        private readonly ReadOnlyMemory<byte> _bytes = bytes;

        public bool Equals(Encoding? other) => other is not null && _bytes.Span.SequenceEqual(other._bytes.Span);

        public override bool Equals(object? obj) => Equals(obj as Encoding);

        public override int GetHashCode()
        {
            const int signatureOctets = 32;
            var hash = default(HashCode);
            hash.AddBytes(_bytes.Span[Math.Max(0, _bytes.Length - signatureOctets)..]);
            return hash.ToHashCode();
        }
    }
}
