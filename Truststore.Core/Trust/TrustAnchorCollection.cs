using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Truststore;

/// <summary>An immutable set of trust anchors, each certificate once. Verifiers may key what they derive from it on the instance.</summary>
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is a read-only collection.")]
public sealed class TrustAnchorCollection : IReadOnlyList<TrustAnchor>
{
    private readonly TrustAnchor[] _anchors;

    /// <summary>Creates a collection.</summary>
    /// <param name="anchors">The anchors; of two with one certificate the later one counts.</param>
    public TrustAnchorCollection(IEnumerable<TrustAnchor> anchors)
    {
        ArgumentNullException.ThrowIfNull(anchors);
        var byCertificate = new Dictionary<CertificateInfo, int>();
        var distinct = new List<TrustAnchor>();
        foreach (var anchor in anchors)
        {
            if (byCertificate.TryAdd(anchor.Certificate, distinct.Count))
            {
                distinct.Add(anchor);
            }
            else
            {
                distinct[byCertificate[anchor.Certificate]] = anchor;
            }
        }

        _anchors = [.. distinct];
    }

    /// <summary>No anchors.</summary>
    public static TrustAnchorCollection Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _anchors.Length;

    /// <summary>A hash of all certificates and their restrictions; equal collections have equal hashes.</summary>
    internal ReadOnlyMemory<byte> ContentHash => field.IsEmpty ? field = ComputeHash() : field;

    /// <inheritdoc/>
    public TrustAnchor this[int index] => _anchors[index];

    /// <inheritdoc/>
    public IEnumerator<TrustAnchor> GetEnumerator() => ((IEnumerable<TrustAnchor>)_anchors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private byte[] ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var anchor in _anchors)
        {
            hash.AppendData(anchor.Certificate.FingerprintBytes);
            var usages = $"{(anchor.TrustedUsages is null ? "*" : string.Join(' ', anchor.TrustedUsages))}|{string.Join(' ', anchor.RejectedUsages)}";
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(usages));
        }

        return hash.GetHashAndReset();
    }
}
