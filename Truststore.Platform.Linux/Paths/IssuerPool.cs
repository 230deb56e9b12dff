namespace Truststore.Platform.Linux;

/// <summary>All certificates that may stand in a path above the end-entity certificate: what the peer sent besides, the added anchors and the system's.</summary>
internal sealed class IssuerPool
{
    /// <summary>From so many certificates on, it pays to sort them by name, and to find out first which of them lead anywhere.</summary>
    private const int IndexThreshold = 4;

    private readonly List<PathNode> _peers;
    private readonly Dictionary<DistinguishedName, List<PathNode>>? _peersByName;
    private readonly Dictionary<AnchorEntry, PathNode> _anchorNodes = [];
    private readonly AnchorIndex[] _anchors;
    private readonly bool _partialChain;
    private readonly PeerPurpose _purpose;

    /// <param name="request">The request; its first certificate is the end-entity's.</param>
    /// <param name="cache">What earlier verifications know of intermediates.</param>
    /// <param name="anchors">The indexes of the anchors that count, the added ones first.</param>
    internal IssuerPool(ChainVerificationRequest request, IssuerCache cache, params AnchorIndex[] anchors)
    {
        _anchors = anchors;
        _partialChain = request.HasFlag(TlsVerifyFlags.X509PartialChain);
        _purpose = request.Purpose;
        _peers = ReadPeers(request, cache);
        AddHelpers(anchors);
        if (_peers.Count > IndexThreshold)
        {
            _peersByName = [];
            foreach (var peer in _peers)
            {
                Add(_peersByName, peer.Certificate.Subject, peer);
            }

            MarkReachable();
        }
    }

    /// <summary>The position in the peer chain of a certificate that was left out for its size, or null.</summary>
    internal int? OversizedPeer { get; private set; }

    /// <summary>The anchor for the peer's purpose that is this very certificate, or null.</summary>
    internal AnchorEntry? FindAnchor(CertificateInfo certificate)
    {
        foreach (var index in _anchors)
        {
            if (index.FindExact(certificate.RawData.Span, certificate.Subject.RawData) is { } entry && IsAnchor(entry) && entry.IsTrustedFor(_purpose))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Whether this very certificate is an anchor, be it for other purposes than the peer's.</summary>
    internal bool HasAnchor(CertificateInfo certificate) =>
        Array.Exists(_anchors, index => index.FindExact(certificate.RawData.Span, certificate.Subject.RawData) is { } entry && IsAnchor(entry));

    /// <summary>
    /// Whether one of the trust stores distrusts a certificate for the peer's purpose, whatever the others say of it.
    /// </summary>
    internal bool IsRejected(CertificateInfo certificate)
    {
        foreach (var index in _anchors)
        {
            if (index.IsRejected(certificate, _purpose))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The candidate issuers of a certificate, best first: anchors before others, matching key identifiers before absent before different ones.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="mustLeadToAnchor">Whether to leave out what no anchor is above of by names.</param>
    internal List<PathNode> FindIssuers(CertificateInfo certificate, bool mustLeadToAnchor = true)
    {
        var issuers = new List<PathNode>();
        foreach (var index in _anchors)
        {
            foreach (var entry in index.Find(certificate.Issuer))
            {
                if (IsAnchor(entry) && NodeOf(entry) is { } node)
                {
                    issuers.Add(node);
                }
            }
        }

        foreach (var peer in PeersNamed(certificate.Issuer))
        {
            if (peer.IsReachable || !mustLeadToAnchor)
            {
                issuers.Add(peer);
            }
        }

        return issuers.Count > 1 ? SortByPromise(issuers, certificate) : issuers;
    }

    /// <summary>The best issuer among what the peer sent, whether it leads anywhere or not. For explaining failures.</summary>
    internal PathNode? FindPeerIssuer(CertificateInfo certificate, IReadOnlyCollection<PathNode> except) =>
        PeersNamed(certificate.Issuer).Where(p => !except.Contains(p)).OrderBy(p => KeyIdentifierRank(certificate, p.Certificate)).FirstOrDefault();

    /// <summary>0 for an issuer whose subject key identifier is the one that the certificate names, 1 where one of them is absent, 2 where they differ (RFC 4158 §3.5.12).</summary>
    internal static int KeyIdentifierRank(CertificateInfo certificate, CertificateInfo issuer) =>
        certificate.AuthorityKeyIdentifier is not { KeyIdentifier.IsEmpty: false } wanted || issuer.SubjectKeyIdentifier is not { } offered ? 1
        : offered.Span.SequenceEqual(wanted.KeyIdentifier.Span) ? 0
        : 2;

    private List<PathNode> ReadPeers(ChainVerificationRequest request, IssuerCache cache)
    {
        var peers = new List<PathNode>(request.PeerChain.Count);
        for (var i = 1; i < request.PeerChain.Count; i++)
        {
            // The limit comes before the cache, which other requests with other limits have filled.
            // Entries that do not parse are skipped: peers may send what is not needed.
            var peer = request.PeerChain[i];
            if (peer.RawData.Length > request.Limits.MaxCertificateSize)
            {
                OversizedPeer ??= i;
            }
            else if (cache.Find(peer.RawData) is { } known)
            {
                peers.Add(new PathNode(known) { IsRejected = IsRejected(known.Certificate) });
            }
            else if (peer.TryRead() is { } certificate)
            {
                peers.Add(new PathNode(certificate, peer) { IsRejected = IsRejected(certificate) });
            }
        }

        return peers;
    }

    // Certificates in a store that are no anchors still help to build a path, as if the peer had sent them.
    private void AddHelpers(AnchorIndex[] anchors)
    {
        if (_partialChain)
        {
            return;
        }

        // The system's index is large and all anchors; only what a program added is looked through.
        foreach (var entry in anchors[0].Entries)
        {
            if (entry.Certificate is { } certificate && !certificate.IsSelfIssued)
            {
                _peers.Add(new PathNode(certificate, peer: null) { IsRejected = IsRejected(certificate) });
            }
        }
    }

    private List<PathNode> PeersNamed(DistinguishedName subject) => _peersByName is null
        ? _peers.FindAll(peer => peer.Certificate.Subject.Equals(subject))
        : _peersByName.GetValueOrDefault(subject) ?? [];

    private bool IsAnchor(AnchorEntry entry) => _partialChain || entry.Certificate?.IsSelfIssued == true;

    private PathNode? NodeOf(AnchorEntry entry)
    {
        if (!_anchorNodes.TryGetValue(entry, out var node) && entry.Certificate is { } certificate)
        {
            _anchorNodes.Add(entry, node = new PathNode(certificate, entry) { IsRejected = IsRejected(certificate) });
        }

        return node;
    }

    private static List<PathNode> SortByPromise(List<PathNode> issuers, CertificateInfo certificate)
    {
        const int worst = 5;
        var ranks = issuers.ConvertAll(node => (2 * KeyIdentifierRank(certificate, node.Certificate)) + (node.Anchor is null ? 1 : 0));
        var sorted = new List<PathNode>(issuers.Count);
        for (var rank = 0; rank <= worst; rank++)
        {
            for (var i = 0; i < issuers.Count; i++)
            {
                if (ranks[i] == rank)
                {
                    sorted.Add(issuers[i]);
                }
            }
        }

        return sorted;
    }

    /// <summary>Walks from the anchors down by names, so that the search never enters a part of the pool that no anchor tops.</summary>
    private void MarkReachable()
    {
        var waiting = new Dictionary<DistinguishedName, List<PathNode>>();
        var pending = new Queue<PathNode>();
        foreach (var peer in _peers)
        {
            peer.IsReachable = _anchors.Any(index => index.Find(peer.Certificate.Issuer).Any(IsAnchor));
            if (peer.IsReachable)
            {
                pending.Enqueue(peer);
            }
            else
            {
                Add(waiting, peer.Certificate.Issuer, peer);
            }
        }

        while (pending.TryDequeue(out var issuer))
        {
            if (waiting.Remove(issuer.Certificate.Subject, out var issued))
            {
                foreach (var peer in issued)
                {
                    peer.IsReachable = true;
                    pending.Enqueue(peer);
                }
            }
        }
    }

    private static void Add(Dictionary<DistinguishedName, List<PathNode>> nodes, DistinguishedName name, PathNode node)
    {
        if (!nodes.TryGetValue(name, out var list))
        {
            nodes.Add(name, list = []);
        }

        list.Add(node);
    }
}
