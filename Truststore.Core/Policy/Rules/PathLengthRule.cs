namespace Truststore.Policy.Rules;

/// <summary>
/// No more intermediates follow a CA than its pathLenConstraint allows, and none are more than <see cref="VerificationLimits.MaxIntermediates"/>; self-issued ones do not count (RFC 5280 §4.2.1.9, §6.1.4 (l), (m)).
/// </summary>
internal sealed class PathLengthRule : IPathRule
{
    public VerificationFailure? Check(IReadOnlyList<CertificateInfo> path, PolicyContext context)
    {
        var following = 0;
        for (var i = 1; i < path.Count; i++)
        {
            if (path[i].BasicConstraints?.PathLengthConstraint < following)
            {
                return new VerificationFailure(FailureReason.PathLengthExceeded, $"{following} intermediate certificates follow a CA that allows {path[i].BasicConstraints!.PathLengthConstraint} (RFC 5280 §4.2.1.9).", i);
            }

            following += i < path.Count - 1 && !path[i].IsSelfIssued ? 1 : 0;
        }

        var limit = context.Request.Limits.MaxIntermediates;
        return following > limit
            ? new VerificationFailure(FailureReason.PathTooLong, $"the path has {following} intermediate certificates; the limit is {limit} (VerificationLimits.MaxIntermediates).")
            : null;
    }
}
