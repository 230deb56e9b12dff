using System.Security.Cryptography;

namespace Truststore;

/// <summary>Tells peer chains apart, byte by byte, without keeping more of them than the verified path does.</summary>
internal sealed class ChainFingerprint : IEquatable<ChainFingerprint>
{
    private readonly Entry[] _entries;
    private readonly int _hashCode;

    internal ChainFingerprint(IReadOnlyList<PeerCertificate> chain)
    {
        _entries = new Entry[chain.Count];
        for (var i = 0; i < _entries.Length; i++)
        {
            _entries[i] = Entry.Of(chain[i].RawData);
        }

        // The end of a certificate is its signature: as good as a hash of the whole, which equality compares anyway.
        const int signatureOctets = 32;
        var hash = default(HashCode);
        hash.Add(_entries.Length);
        if (chain.Count > 0)
        {
            var endEntity = chain[0].RawData.Span;
            hash.AddBytes(endEntity[Math.Max(0, endEntity.Length - signatureOctets)..]);
        }

        _hashCode = hash.ToHashCode();
    }

    private ChainFingerprint(ChainFingerprint original, Entry[] entries)
    {
        _entries = entries;
        _hashCode = original._hashCode;
    }

    /// <summary>The same fingerprint, which refers to the certificates of a path and has hashes of the others.</summary>
    internal ChainFingerprint Detach(IReadOnlyList<CertificateInfo> path)
    {
        var entries = new Entry[_entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = _entries[i].Detach(path);
        }

        return new ChainFingerprint(this, entries);
    }

    public bool Equals(ChainFingerprint? other)
    {
        if (other is null || _entries.Length != other._entries.Length)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (!_entries[i].Matches(other._entries[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ChainFingerprint);

    public override int GetHashCode() => _hashCode;

    /// <summary>A certificate's length, and its bytes or their SHA-256 hash.</summary>
    private readonly struct Entry(int length, ReadOnlyMemory<byte> bytes, byte[]? hash)
    {
        internal static Entry Of(ReadOnlyMemory<byte> bytes) => new(bytes.Length, bytes, hash: null);

        internal Entry Detach(IReadOnlyList<CertificateInfo> path)
        {
            foreach (var certificate in path)
            {
                if (certificate.RawData.Span.SequenceEqual(bytes.Span))
                {
                    return Of(certificate.RawData);
                }
            }

            return new Entry(length, default, SHA256.HashData(bytes.Span));
        }

        internal bool Matches(Entry other) => other.HasLength(length) && (hash is null ? other.Matches(bytes.Span) : other.MatchesHash(hash));

        private bool HasLength(int octets) => length == octets;

        private bool Matches(ReadOnlySpan<byte> octets) =>
            hash is null ? bytes.Span.SequenceEqual(octets) : SHA256.HashData(octets).AsSpan().SequenceEqual(hash);

        private bool MatchesHash(byte[] expected) => (hash ?? SHA256.HashData(bytes.Span)).AsSpan().SequenceEqual(expected);
    }
}
