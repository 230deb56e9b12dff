using System.Security.Cryptography.X509Certificates;
using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>
/// Looks certificates up in the revocation lists that the program gave (RFC 5280 §6.3). With CrlCheckLeaf and CrlCheckChain a certificate without a valid list is a failure,
/// as in OpenSSL and Python; without them a list that is there still counts. The Strict profile rejects where a list of the issuer is there and not valid.
/// </summary>
internal sealed class RevocationChecker(PolicyContext context, SignatureChecker signatures)
{
    internal VerificationFailure? FindFailure(IReadOnlyList<PathNode> path)
    {
        var request = context.Request;
        var checksLeaf = request.HasFlag(TlsVerifyFlags.CrlCheckLeaf);
        if (request.RevocationLists.Count == 0 && !checksLeaf)
        {
            return null;
        }

        for (var i = 0; i < path.Count - 1; i++)
        {
            var isRequired = i == 0 ? checksLeaf : request.HasFlag(TlsVerifyFlags.CrlCheckChain);
            if (FindFailure(path[i].Certificate, path[i + 1], isRequired) is { } failure)
            {
                return failure with { CertificateIndex = i };
            }
        }

        return null;
    }

    private VerificationFailure? FindFailure(CertificateInfo certificate, PathNode issuer, bool isRequired)
    {
        string? invalidity = null;
        var isCovered = false;
        foreach (var list in context.Request.RevocationLists)
        {
            if (!list.Issuer.Equals(certificate.Issuer))
            {
                continue;
            }

            if (FindInvalidity(list, certificate, issuer) is { } error)
            {
                if (signatures.IsExhausted)
                {
                    // Not known to be invalid, only not looked at: a peer must not be able to talk a list away by making everything else expensive.
                    return signatures.BudgetFailure;
                }

                invalidity ??= error;
                continue;
            }

            isCovered = true;
            if (list.TryFind(certificate.SerialNumberBytes, out var entry))
            {
                return new VerificationFailure(FailureReason.Revoked, $"the certificate was revoked on {entry.RevocationDate:yyyy-MM-dd} (CRL of {SafeText.ShowName(list.Issuer)}).");
            }
        }

        if (isCovered || (!isRequired && (invalidity is null || !context.Request.HasFlag(TlsVerifyFlags.X509Strict))))
        {
            return null;
        }

        return new VerificationFailure(FailureReason.RevocationStatusUnknown, invalidity is null ? $"there is no CRL of {SafeText.ShowName(certificate.Issuer)}." : $"the CRL of {SafeText.ShowName(certificate.Issuer)} is not valid: {invalidity}.");
    }

    /// <summary>Why a list says nothing about a certificate, or null (RFC 5280 §5, §6.3.3).</summary>
    private string? FindInvalidity(CertificateRevocationList list, CertificateInfo certificate, PathNode issuer)
    {
        if (context.Time < list.ThisUpdate)
        {
            return "its thisUpdate is still to come";
        }

        if (list.NextUpdate is { } next && context.Time > next)
        {
            return "its nextUpdate has passed";
        }

        if (issuer.Certificate.KeyUsage?.HasFlag(X509KeyUsageFlags.CrlSign) == false)
        {
            return "the issuer's key usage does not allow signing CRLs (RFC 5280 §6.3.3 (f))";
        }

        if (RevocationListRules.FindFault(list, certificate, context.Request.HasFlag(TlsVerifyFlags.X509Strict)) is { } fault)
        {
            return fault;
        }

        if (!list.InnerSignatureAlgorithm.Span.SequenceEqual(list.OuterSignatureAlgorithm.Span))
        {
            return "its two signature algorithms differ";
        }

        if (list.VerifiedUnder.Span.SequenceEqual(issuer.Certificate.SubjectPublicKeyInfo.Span))
        {
            return null;
        }

        if (signatures.Check(list.Tbs, list.OuterSignatureAlgorithm, list.Signature, issuer.Key) is not null)
        {
            return "its signature does not verify";
        }

        list.VerifiedUnder = issuer.Certificate.SubjectPublicKeyInfo;
        return null;
    }
}
