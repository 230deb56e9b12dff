using System.Runtime.CompilerServices;
using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>
/// Judges peer chains on Linux (and other Unix systems without a trust store of their own): path building by RFC 4158 and path validation by RFC 5280 over the distribution's trust anchors and added ones.
/// </summary>
/// <remarks>Does no I/O in <see cref="Verify(ChainVerificationRequest)"/>; the network is never used, so <see cref="ChainVerificationRequest.AllowNetwork"/> makes no difference.</remarks>
public sealed class LinuxChainVerifier : IChainVerifier
{
    private SystemAnchorSource? _source;
    private readonly Lazy<PublicSuffixList> _publicSuffixes;
    private readonly IssuerCache _issuers = new();
    private readonly ConditionalWeakTable<TrustAnchorCollection, AnchorIndex> _addedIndexes = [];

    /// <summary>Creates a verifier over the distribution's trust anchors, which are found and indexed once for the process.</summary>
    /// <exception cref="SystemAnchorsNotFoundException">There are none; the message says where they were looked for.</exception>
    public LinuxChainVerifier()
        : this(SystemAnchorSource.Default, PublicSuffixFile.Content)
    {
    }

    /// <summary>Creates a verifier that looks for the distribution's trust anchors now, or only when a request wants them.</summary>
    /// <param name="findSystemAnchors">Whether to look now. A verifier that has never been asked for the system's anchors works where there are none.</param>
    /// <exception cref="SystemAnchorsNotFoundException">There are none, and <paramref name="findSystemAnchors"/> is <see langword="true"/>; with <see langword="false"/> the first <see cref="Verify(ChainVerificationRequest)"/> that wants them throws it.</exception>
    public LinuxChainVerifier(bool findSystemAnchors)
        : this(findSystemAnchors ? SystemAnchorSource.Default : null, PublicSuffixFile.Content)
    {
    }

    /// <summary>Creates a verifier over given anchors.</summary>
    internal LinuxChainVerifier(SystemAnchorSource? source, ReadOnlyMemory<byte> publicSuffixFile)
    {
        _source = source;
        _publicSuffixes = new Lazy<PublicSuffixList>(() => publicSuffixFile.IsEmpty ? PublicSuffixList.TopLevelOnly : PublicSuffixList.Parse(publicSuffixFile.Span));
    }

    /// <inheritdoc/>
    public long TrustGeneration => _source?.Current.Generation ?? 0;

    /// <inheritdoc/>
    public ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PeerChainReader.TryReadEndEntity(request, out var endEntity, out var failure)
            ? Verify(request, endEntity)
            : ChainVerificationResult.Rejected(request, [failure], []);
    }

    private ChainVerificationResult Verify(ChainVerificationRequest request, CertificateInfo endEntity)
    {
        var profile = PolicyProfile.Of(request);
        var pool = new IssuerPool(request, _issuers, AddedIndex(request.AddedAnchors), request.UseSystemAnchors ? (_source ??= SystemAnchorSource.Default).Current : AnchorIndex.Empty);
        if (pool.IsRejected(endEntity))
        {
            return ChainVerificationResult.Rejected(request, [PathNode.Distrusted with { CertificateIndex = 0 }], [endEntity]);
        }

        var node = pool.FindAnchor(endEntity) is { } anchor
            ? new PathNode(endEntity, anchor)
            : new PathNode(endEntity, peer: null);
        var context = new PolicyContext(request, request.HasFlag(TlsVerifyFlags.X509Strict) ? _publicSuffixes.Value : PublicSuffixList.TopLevelOnly)
        {
            IsSelfSigned = IsSelfSigned,
            IsEndEntityAnchor = node.Anchor is not null,
        };
        var search = new PathSearch(pool, profile, context);
        var found = search.TryFind(node);
        if (!found || profile.FindFailure(endEntity, CertificateRole.EndEntity, context) is not null)
        {
            return new FailureReport(request, pool, profile, context).Write(node, search, found);
        }

        RememberIssuers(search.Nodes);
        return ChainVerificationResult.Trusted(request, search.Path);
    }

    private static bool IsSelfSigned(CertificateInfo certificate) =>
        SignatureAlgorithm.TryRead(certificate.Envelope.OuterSignatureAlgorithm, out var algorithm)
            ? new VerificationKey(certificate).Verify(certificate.Envelope.TbsCertificate.Span, certificate.Envelope.Signature.Span, algorithm)
            : certificate.IsSelfIssued;

    /// <summary>Keeps the intermediates of a trusted path, whose signatures were all verified on the way.</summary>
    private void RememberIssuers(IReadOnlyList<PathNode> path)
    {
        for (var i = 1; i < path.Count - 1; i++)
        {
            var known = path[i].Known ?? new KnownIssuer(path[i].Certificate, path[i].Key);
            known.AddVerifiedUnder(path[i + 1].Certificate);
            if (path[i].Known is null)
            {
                _issuers.Add(known);
            }
        }
    }

    private AnchorIndex AddedIndex(TrustAnchorCollection anchors) => anchors.Count == 0
        ? AnchorIndex.Empty
        : _addedIndexes.GetValue(anchors, static added => new AnchorIndex(added.Select(AnchorEntry.From)));
}
