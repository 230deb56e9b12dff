using Truststore.Policy;

namespace Truststore.Platform.MacOS.Trust;

/// <summary>Puts SecTrust's no into Core's reasons. SecTrust names the gravest failure only, and some by a code for two; Core's rules over the same path say the rest.</summary>
internal sealed class RejectionReport(ChainVerificationRequest request, OfferedCertificates offered, NativeVerdict verdict)
{
    /// <summary>A peer may send many certificates under one name, and telling signatures apart takes time.</summary>
    private const int MaxIssuersExplained = 4;

    internal ChainVerificationResult Write()
    {
        var path = ReadPath();
        var reason = SecurityStatus.ReasonOf(verdict.Code);
        if (reason is FailureReason.UntrustedRoot or FailureReason.IssuerNotFound)
        {
            return DescribeDeadEnd(path);
        }

        var own = JudgePath(path);
        var same = own.FindAll(failure => failure.Reason == reason || (reason == FailureReason.Expired && failure.Reason == FailureReason.NotYetValid));
        var others = own.FindAll(failure => !same.Contains(failure));
        return same.Count > 0
            ? Reject([.. same.Select(WithCode), .. others], path)
            : Reject([new VerificationFailure(reason, verdict.Text, reason == FailureReason.HostnameMismatch ? 0 : -1, verdict.Code), .. others], path);
    }

    /// <summary>The certificates of the chain as far as they can be decoded, or what the peer sent where SecTrust gave no chain of it.</summary>
    private List<CertificateInfo> ReadPath()
    {
        var path = new List<CertificateInfo>();
        foreach (var encoded in verdict.Chain)
        {
            try
            {
                path.Add(CertificateInfo.ParseOwned(encoded));
            }
            catch (CertificateFormatException)
            {
                break;
            }
        }

        return path.Count > 0 && path[0].Equals(offered.EndEntity) ? path : [offered.EndEntity];
    }

    private List<VerificationFailure> JudgePath(List<CertificateInfo> path) => [.. FinishedPath.Judge(request, path.ConvertAll(certificate => certificate.RawData)).Failures];

    /// <summary>The path does not end at an anchor: says what is missing there, or what is wrong with the issuer where one is present.</summary>
    private ChainVerificationResult DescribeDeadEnd(List<CertificateInfo> path)
    {
        var last = path[^1];
        var issuers = offered.FindIssuers(last).Where(issuer => !path.Contains(issuer)).ToList();
        if (IsSelfSigned(last) || issuers.Count is 0 or > MaxIssuersExplained)
        {
            return Reject([DeadEnd(path, issuers.Count), .. JudgePath(path)], path);
        }

        var authentic = issuers.Find(issuer => !IssuerSignature.IsForged(last, issuer));
        if (authentic is null)
        {
            var forged = new VerificationFailure(FailureReason.InvalidSignature, $"its signature does not verify under the key of its issuer '{SafeText.ShowName(last.Issuer)}'.", path.Count - 1, verdict.Code);
            return Reject([forged, .. JudgePath(path)], path);
        }

        // SecTrust has looked at this issuer and not taken it. What Core finds wrong with it is the likely reason.
        List<CertificateInfo> extended = [.. path, authentic];
        var failures = JudgePath(extended).FindAll(failure => failure.CertificateIndex == path.Count).ConvertAll(WithCode);
        return failures.Count > 0 ? Reject([.. failures, .. JudgePath(path)], extended) : Reject([DeadEnd(path, issuers.Count), .. JudgePath(path)], path);
    }

    private VerificationFailure DeadEnd(List<CertificateInfo> path, int issuers)
    {
        var last = path[^1];
        var (reason, message) = (IsSelfSigned(last), path.Count) switch
        {
            _ when request.AddedAnchors.Any(added => added.Certificate.Equals(last) && !added.IsTrustedFor(request.Purpose)) => (FailureReason.Distrusted, "the trust store does not trust this anchor for the peer's purpose."),
            _ when offered.Anchors.Contains(last) => (FailureReason.Other, verdict.Text),
            (true, 1) => (FailureReason.SelfSigned, $"the certificate is signed by itself and is not among the trust anchors. macOS: {verdict.Text}"),
            (true, _) => (FailureReason.UntrustedRoot, $"the chain ends at the root '{SafeText.ShowName(last.Subject)}', which is not among the trust anchors. macOS: {verdict.Text}"),
            _ when issuers > 0 => (FailureReason.IssuerNotFound, $"none of the certificates at hand that are named '{SafeText.ShowName(last.Issuer)}' was taken for its issuer. macOS: {verdict.Text}"),
            _ => (FailureReason.IssuerNotFound, $"its issuer '{SafeText.ShowName(last.Issuer)}' was neither sent by the peer nor is it among the trust anchors. macOS: {verdict.Text}"),
        };
        return new VerificationFailure(reason, message, path.Count - 1, verdict.Code);
    }

    private static bool IsSelfSigned(CertificateInfo certificate) => certificate.IsSelfIssued && !IssuerSignature.IsForged(certificate, certificate);

    private VerificationFailure WithCode(VerificationFailure failure) => failure with { NativeCode = verdict.Code };

    private ChainVerificationResult Reject(IReadOnlyList<VerificationFailure> failures, List<CertificateInfo> path) => ChainVerificationResult.Rejected(request, failures, path);
}
