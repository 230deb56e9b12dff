namespace Truststore.Platform.Linux;

/// <summary>
/// An immutable set of anchors by subject. Several entries with one certificate become one, in the place of the first;
/// see <see cref="AnchorEntry.MergeWith"/>.
/// </summary>
internal sealed class AnchorIndex
{
    internal static readonly AnchorIndex Empty = new([]);

    private readonly AnchorEntry[] _entries;
    private readonly uint[] _hashes;

    // Entry numbers plus one, so that zero ends a chain: the first entry of each bucket, and after each entry the next one of its bucket.
    private readonly int[] _buckets;
    private readonly int[] _next;

    internal AnchorIndex(IEnumerable<AnchorEntry> entries, long generation = 0)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Generation = generation;
        _entries = new List<AnchorEntry>(entries).ToArray();
        _hashes = new uint[_entries.Length];
        _next = new int[_entries.Length];
        var size = 4;
        while (size < 2 * _entries.Length)
        {
            size *= 2;
        }

        _buckets = new int[size];
        var count = 0;
        foreach (var entry in _entries)
        {
            _entries[count] = entry;
            HasRejections |= entry.IsRejecting;
            if (!AnchorNameHash.TryCompute(entry.Subject.Span, out _hashes[count]) || TryAdd(entry, count))
            {
                count++;
            }
        }

        Array.Resize(ref _entries, count);
    }

    /// <summary>Grows by one whenever the anchors change.</summary>
    internal long Generation { get; }

    /// <summary>Whether an entry is distrusted for some purpose.</summary>
    internal bool HasRejections { get; }

    /// <summary>All entries in the order of their source, those that cannot be decoded among them.</summary>
    internal IReadOnlyList<AnchorEntry> Entries => _entries;

    /// <summary>Finds the anchors with a subject: those whose encoding is the same first, then those that equal it by their canonical form.</summary>
    internal IReadOnlyList<AnchorEntry> Find(DistinguishedName subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var encoded = subject.RawData.Span;
        if (!AnchorNameHash.TryCompute(encoded, out var hash))
        {
            return [];
        }

        AnchorEntry[] found = [];
        var exact = 0;
        for (var i = First(hash); i >= 0; i = Next(i))
        {
            var entry = _entries[i];
            if (_hashes[i] != hash)
            {
                continue;
            }

            if (entry.Subject.Span.SequenceEqual(encoded))
            {
                found = [.. found[..exact], entry, .. found[exact..]];
                exact++;
            }
            else if (entry.IsNamed(subject))
            {
                found = [.. found, entry];
            }
        }

        return found;
    }

    /// <summary>Finds the entry of the very certificate.</summary>
    internal AnchorEntry? FindExact(ReadOnlySpan<byte> der, ReadOnlyMemory<byte> subject)
    {
        if (AnchorNameHash.TryCompute(subject.Span, out var hash))
        {
            for (var i = First(hash); i >= 0; i = Next(i))
            {
                if (_entries[i].Der.Span.SequenceEqual(der))
                {
                    return _entries[i];
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a certificate is distrusted for a purpose, whatever its signature; see
    /// <see cref="TrustAnchor.Rejects"/>.
    /// </summary>
    internal bool IsRejected(CertificateInfo certificate, PeerPurpose purpose)
    {
        // Next to no store has such entries, so that nothing is looked up.
        if (!HasRejections || !AnchorNameHash.TryCompute(certificate.Subject.RawData.Span, out var hash))
        {
            return false;
        }

        for (var i = First(hash); i >= 0; i = Next(i))
        {
            if (_entries[i].IsRejectedFor(purpose) && _entries[i].Anchor?.Rejects(certificate, purpose) == true)
            {
                return true;
            }
        }

        return false;
    }

    private int First(uint hash) => _buckets[hash & (uint)(_buckets.Length - 1)] - 1;

    private int Next(int entry) => _next[entry] - 1;

    private bool TryAdd(AnchorEntry entry, int number)
    {
        ref var link = ref _buckets[_hashes[number] & (uint)(_buckets.Length - 1)];
        while (link != 0)
        {
            ref var known = ref _entries[link - 1];
            if (known.Der.Span.SequenceEqual(entry.Der.Span))
            {
                known = known.MergeWith(entry);
                return false;
            }

            link = ref _next[link - 1];
        }

        link = number + 1;
        return true;
    }
}
