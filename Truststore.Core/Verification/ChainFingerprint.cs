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
    internal ChainFingerprint Detach(IReadOnlyList<CertificateInfo> path) => new(this, Array.ConvertAll(_entries, entry => entry.Detach(path)));

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
    private readonly record struct Entry(int Length, ReadOnlyMemory<byte> Bytes, byte[]? Hash)
    {
        internal static Entry Of(ReadOnlyMemory<byte> bytes) => new(bytes.Length, bytes, Hash: null);

        internal Entry Detach(IReadOnlyList<CertificateInfo> path)
        {
            foreach (var certificate in path)
            {
                if (certificate.RawData.Span.SequenceEqual(Bytes.Span))
                {
                    return Of(certificate.RawData);
                }
            }

            return new Entry(Length, default, SHA256.HashData(Bytes.Span));
        }

        internal bool Matches(Entry other) => Length == other.Length
            && (Hash is null && other.Hash is null ? Bytes.Span.SequenceEqual(other.Bytes.Span) : HashOf(this).AsSpan().SequenceEqual(HashOf(other)));

        private static byte[] HashOf(Entry entry) => entry.Hash ?? SHA256.HashData(entry.Bytes.Span);
    }
}
