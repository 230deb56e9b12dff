using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>Says why there is no path: of all that was tried, what came closest.</summary>
internal sealed class FailureReport(ChainVerificationRequest request, IssuerPool pool, PolicyProfile profile, PolicyContext context)
{
    private const int SignaturesToExplain = 20;

    /// <param name="endEntity">The peer's certificate.</param>
    /// <param name="search">The search that found no path, or one whose end-entity certificate is at fault.</param>
    /// <param name="found">Whether it found one.</param>
    internal ChainVerificationResult Write(PathNode endEntity, PathSearch search, bool found)
    {
        var (failures, path) = found ? ([], search.Path) : FindPathFailures(endEntity, search);

        // A weak signature is found by who checks it and by who looks at its algorithm.
        var more = profile.FindFailures(endEntity.Certificate, CertificateRole.EndEntity, context).Select(f => f with { CertificateIndex = 0 });
        failures.AddRange(more.Where(f => !failures.Contains(f)).ToList());
        return ChainVerificationResult.Rejected(request, failures, path);
    }

    private (List<VerificationFailure> Failures, List<CertificateInfo> Path) FindPathFailures(PathNode endEntity, PathSearch search)
    {
        if (search.Failure is { } failure)
        {
            return ([failure], search.Path);
        }

        if (search.IsOutOfSignatures || search.IsOutOfCandidates)
        {
            return ([BudgetFailure(search)], [endEntity.Certificate]);
        }

        // A second look, which takes certificates that are at fault: expired, no CA, too weak. Its signatures come out of the same budget, exceeded a little where nothing is left.
        var flawed = new PathSearch(pool, profile, context, search.SignaturesLeft + SignaturesToExplain);
        if (flawed.TryFindFlawed(endEntity))
        {
            return (Judge(flawed), flawed.Path);
        }

        return (search.BadSignature ?? flawed.BadSignature) is { } bad ? ([bad.Failure], bad.Path) : DescribeDeadEnd(endEntity);
    }

    /// <summary>Everything that is wrong along a path that only hangs together.</summary>
    private List<VerificationFailure> Judge(PathSearch search)
    {
        var failures = new List<VerificationFailure>();
        for (var i = search.Path.Count - 1; i > 0; i--)
        {
            if (search.Nodes[i].FindFailure(profile, context) is { } failure)
            {
                failures.Add(failure with { CertificateIndex = i });
            }
        }

        if (search.Failure is { } pathFailure)
        {
            failures.Add(pathFailure);
        }

        return failures;
    }

    private VerificationFailure BudgetFailure(PathSearch search) => search.IsOutOfSignatures
        ? new VerificationFailure(FailureReason.SignatureBudgetExceeded, $"building a path needs more than {request.Limits.MaxSignatureChecks} signature checks (VerificationLimits.MaxSignatureChecks).")
        : new VerificationFailure(FailureReason.CandidateBudgetExceeded, $"building a path needs more than {request.Limits.MaxCandidates} candidates (VerificationLimits.MaxCandidates).");

    /// <summary>Follows the issuers by name as far as they go and says what is missing there, or what is wrong with them where nothing is.</summary>
    private (List<VerificationFailure> Failures, List<CertificateInfo> Path) DescribeDeadEnd(PathNode endEntity)
    {
        var nodes = new List<PathNode> { endEntity };
        while (!nodes[^1].Certificate.IsSelfIssued && nodes.Count <= request.Limits.MaxIntermediates + 1 && pool.FindPeerIssuer(nodes[^1].Certificate, nodes) is { } issuer)
        {
            nodes.Add(issuer);
        }

        var path = nodes.ConvertAll(n => n.Certificate);
        var last = path[^1];
        if (pool.FindIssuers(last).Count > 0 && FindIssuerFailures(nodes) is { Count: > 0 } failures)
        {
            return (failures, path);
        }

        var failure = (last.IsSelfIssued, path.Count) switch
        {
            (_, 1) when pool.HasAnchor(last) => new VerificationFailure(FailureReason.Distrusted, "the trust store does not trust this anchor for the peer's purpose."),
            (true, 1) => new VerificationFailure(FailureReason.SelfSigned, "the certificate is signed by itself and is not among the trust anchors."),
            (true, _) => new VerificationFailure(FailureReason.UntrustedRoot, $"the chain ends at the root '{SafeText.ShowName(last.Subject)}', which is not among the trust anchors."),
            _ when path.Count > request.Limits.MaxIntermediates + 1 => new VerificationFailure(FailureReason.PathTooLong, $"the path has more than {request.Limits.MaxIntermediates} intermediate certificates (VerificationLimits.MaxIntermediates)."),
            _ when pool.OversizedPeer is { } large => new VerificationFailure(FailureReason.CertificateTooLarge, $"its issuer '{SafeText.ShowName(last.Issuer)}' is not known, and certificate {large} of the peer has {request.PeerChain[large].RawData.Length} bytes; the limit is {request.Limits.MaxCertificateSize} (VerificationLimits.MaxCertificateSize)."),
            _ => new VerificationFailure(FailureReason.IssuerNotFound, $"its issuer '{SafeText.ShowName(last.Issuer)}' was neither sent by the peer nor is it among the trust anchors."),
        };
        return ([failure with { CertificateIndex = path.Count - 1 }], path);
    }

    private List<VerificationFailure> FindIssuerFailures(List<PathNode> nodes)
    {
        var failures = new List<VerificationFailure>();
        for (var i = nodes.Count - 1; i > 0; i--)
        {
            if (nodes[i].FindFailure(profile, context) is { } failure)
            {
                failures.Add(failure with { CertificateIndex = i });
            }
        }

        return failures;
    }
}
