namespace Truststore;

/// <summary>The question that a verdict answers, without its time: every field of the request that a verifier may look at.</summary>
/// <remarks>
/// <para>
/// A question that is looked up refers to the request's certificates. One that is kept (<see cref="Detach"/>) holds neither
/// the request nor its lists: revocation lists and added anchors stand in it as hashes, and so do the peer's certificates
/// that the verified path, which is kept anyway, does not have.
/// </para>
/// <para>
/// A class, with fields of plain types, because the runtime has the generic code for those precompiled, which a process's
/// first handshake feels.
/// </para>
/// </remarks>
internal sealed class VerdictKey : IEquatable<VerdictKey>
{
    private readonly ReferenceIdentifier? _reference;
    private readonly bool _checkHostname;
    private readonly bool _checksCommonName;
    private readonly bool _useSystemAnchors;
    private readonly bool _allowNetwork;
    private readonly PeerPurpose _purpose;
    private readonly TlsVerifyFlags _flags;
    private readonly VerificationLimits _limits;
    private readonly ReadOnlyMemory<byte> _addedAnchors;
    private readonly byte[][] _revocationLists;
    private readonly ChainFingerprint _chain;
    private readonly int _hashCode;

    internal VerdictKey(ChainVerificationRequest request, long trustGeneration)
    {
        TrustGeneration = trustGeneration;
        _reference = request.ReferenceIdentifier;
        _checkHostname = request.CheckHostname;
        _checksCommonName = request.HostnameChecksCommonName;
        _useSystemAnchors = request.UseSystemAnchors;
        _allowNetwork = request.AllowNetwork;
        _purpose = request.Purpose;
        _flags = request.VerifyFlags;
        _limits = request.Limits;
        _addedAnchors = request.AddedAnchors.ContentHash;
        _revocationLists = HashLists(request.RevocationLists);
        _chain = new ChainFingerprint(request.PeerChain);

        var hash = default(HashCode);
        hash.Add(_chain.GetHashCode());
        hash.Add(_reference?.Value, StringComparer.Ordinal);
        hash.Add(trustGeneration);
        _hashCode = hash.ToHashCode();
    }

    private VerdictKey(VerdictKey original, ChainFingerprint chain)
    {
        TrustGeneration = original.TrustGeneration;
        _reference = original._reference;
        _checkHostname = original._checkHostname;
        _checksCommonName = original._checksCommonName;
        _useSystemAnchors = original._useSystemAnchors;
        _allowNetwork = original._allowNetwork;
        _purpose = original._purpose;
        _flags = original._flags;
        _limits = original._limits;
        _addedAnchors = original._addedAnchors;
        _revocationLists = original._revocationLists;
        _chain = chain;
        _hashCode = original._hashCode;
    }

    internal long TrustGeneration { get; }

    /// <summary>The same question, to be kept beside a verified path.</summary>
    internal VerdictKey Detach(IReadOnlyList<CertificateInfo> verifiedPath) => new(this, _chain.Detach(verifiedPath));

    public bool Equals(VerdictKey? other) => other is not null
        && TrustGeneration == other.TrustGeneration
        && _reference == other._reference
        && _checkHostname == other._checkHostname
        && _checksCommonName == other._checksCommonName
        && _useSystemAnchors == other._useSystemAnchors
        && _allowNetwork == other._allowNetwork
        && _purpose == other._purpose
        && _flags == other._flags
        && _limits == other._limits
        && _addedAnchors.Span.SequenceEqual(other._addedAnchors.Span)
        && HasSameLists(other)
        && _chain.Equals(other._chain);

    public override bool Equals(object? obj) => Equals(obj as VerdictKey);

    public override int GetHashCode() => _hashCode;

    private static byte[][] HashLists(IReadOnlyList<CertificateRevocationList> lists)
    {
        if (lists.Count == 0)
        {
            return [];
        }

        var hashes = new byte[lists.Count][];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = lists[i].FingerprintBytes;
        }

        return hashes;
    }

    private bool HasSameLists(VerdictKey other)
    {
        if (_revocationLists.Length != other._revocationLists.Length)
        {
            return false;
        }

        for (var i = 0; i < _revocationLists.Length; i++)
        {
            if (!_revocationLists[i].AsSpan().SequenceEqual(other._revocationLists[i]))
            {
                return false;
            }
        }

        return true;
    }
}
