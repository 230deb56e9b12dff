using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>
/// Searches for a path from the end-entity certificate to an anchor (RFC 4158), depth first, best candidates first, stepping back when a branch fails for whatever reason.
/// </summary>
internal sealed class PathSearch
{
    private readonly IssuerPool _pool;
    private readonly PolicyProfile _profile;
    private readonly PolicyContext _context;
    private readonly SignatureChecker _signatures;
    private readonly RevocationChecker _revocation;
    private readonly List<PathNode> _path = [];
    private readonly int _maxLength;
    private int _candidatesLeft;
    private bool _allowsFailedIssuers;

    /// <param name="pool">The certificates to build of.</param>
    /// <param name="profile">The rules that count.</param>
    /// <param name="context">The request and its budgets.</param>
    /// <param name="signatureBudget">How many signatures may be checked; as many as the request allows when null.</param>
    internal PathSearch(IssuerPool pool, PolicyProfile profile, PolicyContext context, int? signatureBudget = null)
    {
        _pool = pool;
        _profile = profile;
        _context = context;
        var limits = context.Request.Limits;
        _signatures = new SignatureChecker(limits, signatureBudget ?? limits.MaxSignatureChecks);
        _revocation = new RevocationChecker(pool, profile, context, _signatures);
        _candidatesLeft = limits.MaxCandidates;

        // Self-issued certificates do not count towards the limit; so many of them that they double it are no honest chain.
        _maxLength = 2 + (2 * limits.MaxIntermediates);
    }

    /// <summary>The path that was found, end-entity certificate to anchor; after a failure the one that <see cref="Failure"/> speaks of.</summary>
    internal List<CertificateInfo> Path { get; private set; } = [];

    /// <summary>The same path as nodes.</summary>
    internal IReadOnlyList<PathNode> Nodes => _path;

    /// <summary>What is wrong with the first complete path that failed as a whole.</summary>
    internal VerificationFailure? Failure { get; private set; }

    /// <summary>A signature that did not verify although the issuer seemed to be the right one, and the path up to that issuer.</summary>
    internal (VerificationFailure Failure, List<CertificateInfo> Path)? BadSignature { get; private set; }

    internal bool IsOutOfCandidates => _candidatesLeft < 0;

    internal bool IsOutOfSignatures => _signatures.IsExhausted;

    /// <summary>How many signatures could still be checked.</summary>
    internal int SignaturesLeft => Math.Max(0, _signatures.Left);

    /// <summary>Looks for a path all of whose certificates are in order.</summary>
    internal bool TryFind(PathNode endEntity) => Run(endEntity, allowsFailedIssuers: false);

    /// <summary>Looks for a path whose signatures are in order, whatever else is wrong with its certificates. For explaining failures.</summary>
    internal bool TryFindFlawed(PathNode endEntity) => Run(endEntity, allowsFailedIssuers: true);

    private bool Run(PathNode endEntity, bool allowsFailedIssuers)
    {
        _allowsFailedIssuers = allowsFailedIssuers;
        _path.Clear();
        _path.Add(endEntity);
        endEntity.IsOnPath = true;
        var found = endEntity.Anchor is not null ? Accept() : Extend(endEntity);
        endEntity.IsOnPath = false;
        return found;
    }

    private bool Extend(PathNode subject)
    {
        if (_path.Count >= _maxLength)
        {
            return false;
        }

        foreach (var issuer in subject.Issuers ??= _pool.FindIssuers(subject.Certificate))
        {
            if (--_candidatesLeft < 0 || _signatures.IsExhausted)
            {
                return false;
            }

            if (IsLoop(issuer) || (!_allowsFailedIssuers && issuer.FindFailure(_profile, _context) is not null) || !IsSignedBy(subject, issuer))
            {
                continue;
            }

            _path.Add(issuer);
            issuer.IsOnPath = true;
            var found = issuer.Anchor is not null ? Accept() : Extend(issuer);
            issuer.IsOnPath = false;
            if (found)
            {
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    /// <summary>A path never goes through one subject and key twice (RFC 4158 §5.2): the second certificate would lead nowhere that the first did not.</summary>
    private bool IsLoop(PathNode issuer)
    {
        if (issuer.IsOnPath)
        {
            return true;
        }

        foreach (var node in _path)
        {
            if (node.Certificate.SubjectPublicKeyInfo.Span.SequenceEqual(issuer.Certificate.SubjectPublicKeyInfo.Span) && node.Certificate.Subject.Equals(issuer.Certificate.Subject))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSignedBy(PathNode subject, PathNode issuer)
    {
        // An issuer whose key is not acceptable is not given a chance to be expensive.
        if (_allowsFailedIssuers && issuer.FindFailure(_profile, _context) is { Reason: FailureReason.WeakKey } && issuer.Certificate.PublicKey.Size > Policy.Rules.KeyStrengthRule.MaxRsaBits)
        {
            return false;
        }

        if (subject.Known?.IsVerifiedUnder(issuer.Certificate) == true)
        {
            return true;
        }

        var failure = _signatures.FindFailure(subject, issuer);
        if (failure is not null && BadSignature is null && failure.Reason != FailureReason.SignatureBudgetExceeded && IssuerPool.KeyIdentifierRank(subject.Certificate, issuer.Certificate) < 2)
        {
            BadSignature = (failure with { CertificateIndex = _path.Count - 1 }, [.. _path.Select(n => n.Certificate), issuer.Certificate]);
        }

        return failure is null;
    }

    /// <summary>Judges a complete path by the rules that concern it as a whole.</summary>
    private bool Accept()
    {
        var path = new List<CertificateInfo>(_path.Count);
        foreach (var node in _path)
        {
            path.Add(node.Certificate);
        }

        var failure = _profile.FindPathFailure(path, _context) ?? _revocation.FindFailure(_path);
        if (failure is not null && !_allowsFailedIssuers)
        {
            if (Failure is null)
            {
                Failure = failure;
                Path = path;
            }

            return false;
        }

        Failure = failure;
        Path = path;
        return true;
    }
}
