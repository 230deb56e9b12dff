using Truststore.Policy;

namespace Truststore.Platform.Windows.Trust;

/// <summary>
/// Looks the certificates of a path up in the revocation lists that the program gave, whatever the flags: CryptoAPI looks only where
/// revocation is asked for. No signature of a list is verified here; a list that the program loads may reject, and never excuses.
/// </summary>
/// <remarks>The anchor is not looked up, but for an end-entity certificate that is one.</remarks>
internal static class AddedRevocationLists
{
    /// <param name="request">The request.</param>
    /// <param name="path">A path that is trusted otherwise.</param>
    internal static VerificationFailure? FindFailure(ChainVerificationRequest request, IReadOnlyList<CertificateInfo> path)
    {
        for (var i = 0; i < path.Count && (i == 0 || i < path.Count - 1); i++)
        {
            foreach (var list in request.RevocationLists)
            {
                if (list.Issuer.Equals(path[i].Issuer) && FindFailure(request, path[i], list) is { } failure)
                {
                    return failure with { CertificateIndex = i };
                }
            }
        }

        return null;
    }

    private static VerificationFailure? FindFailure(ChainVerificationRequest request, CertificateInfo certificate, CertificateRevocationList list)
    {
        var isStrict = request.HasFlag(TlsVerifyFlags.X509Strict);
        var answer = RevocationListRules.Ask(list, certificate, isStrict);
        if (answer.Fault is { } fault)
        {
            return isStrict ? new VerificationFailure(FailureReason.RevocationStatusUnknown, $"the CRL of {SafeText.ShowName(list.Issuer)} is not valid: {fault}.") : null;
        }

        return answer.Entry is { } entry
            ? new VerificationFailure(FailureReason.Revoked, $"the certificate was revoked on {entry.RevocationDate:yyyy-MM-dd} (CRL of {SafeText.ShowName(list.Issuer)}).")
            : null;
    }
}
