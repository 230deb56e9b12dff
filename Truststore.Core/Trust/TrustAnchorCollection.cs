using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Truststore;

/// <summary>
/// An immutable set of trust anchors, each certificate once. Thread-safe. Verifiers may key what they derive from it on
/// the instance.
/// </summary>
/// <remarks>
/// Several entries for one certificate become one anchor, in whichever order they come: it is distrusted for the usages
/// that any entry rejects, and trusted for the usages that all entries trust. So neither a rejection nor a list of
/// trusted usages is lost when a copy of the certificate without it is added too.
/// </remarks>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is a read-only collection.")]
public sealed class TrustAnchorCollection : IReadOnlyList<TrustAnchor>
{
    private readonly TrustAnchor[] _anchors;
    private readonly TrustAnchor[] _rejecting;

    // A reference is written in one step. A ReadOnlyMemory is not: another thread could read the array of one and the
    // length of none.
    private byte[]? _contentHash;

    /// <summary>Creates a collection.</summary>
    /// <param name="anchors">The anchors; several with one certificate become one, in the place of the first.</param>
    /// <exception cref="ArgumentException">An anchor is <see langword="null"/>.</exception>
    public TrustAnchorCollection(IEnumerable<TrustAnchor> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var byCertificate = new Dictionary<CertificateInfo, int>();
        var distinct = new List<TrustAnchor>();
        foreach (var anchor in anchors)
        {
            if (anchor is null)
            {
                throw new ArgumentException("One of the anchors is null.", nameof(anchors));
            }

            if (byCertificate.TryAdd(anchor.Certificate, distinct.Count))
            {
                distinct.Add(anchor);
                continue;
            }

            var number = byCertificate[anchor.Certificate];
            var merged = distinct[number].Usages.MergeWith(anchor.Usages);
            if (!ReferenceEquals(merged, distinct[number].Usages))
            {
                distinct[number] = TrustAnchor.Create(anchor.Certificate, merged);
            }
        }

        _anchors = [.. distinct];
        _rejecting = Array.FindAll(_anchors, anchor => anchor.Usages.IsRejecting);
    }

    /// <summary>No anchors.</summary>
    public static TrustAnchorCollection Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _anchors.Length;

    /// <summary>
    /// A hash of all certificates and their restrictions. It is the same for collections of the same anchors in the
    /// same order, and for no others.
    /// </summary>
    internal ReadOnlyMemory<byte> ContentHash => Volatile.Read(ref _contentHash) ?? PublishHash();

    /// <inheritdoc/>
    public TrustAnchor this[int index] => _anchors[index];

    /// <inheritdoc/>
    public IEnumerator<TrustAnchor> GetEnumerator() => ((IEnumerable<TrustAnchor>)_anchors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Whether an anchor distrusts a certificate for peers of a purpose, which counts wherever it stands in a path.
    /// </summary>
    internal bool IsRejected(CertificateInfo certificate, PeerPurpose purpose)
    {
        foreach (var anchor in _rejecting)
        {
            if (anchor.Rejects(certificate, purpose))
            {
                return true;
            }
        }

        return false;
    }

    private byte[] PublishHash()
    {
        var hash = ComputeHash();
        return Interlocked.CompareExchange(ref _contentHash, hash, null) ?? hash;
    }

    private byte[] ComputeHash()
    {
        // Every anchor tells where it ends: a fingerprint has 32 octets, and usages come with their lengths.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var anchor in _anchors)
        {
            hash.AppendData(anchor.Certificate.FingerprintBytes);
            anchor.Usages.AppendTo(hash);
        }

        return hash.GetHashAndReset();
    }
}
