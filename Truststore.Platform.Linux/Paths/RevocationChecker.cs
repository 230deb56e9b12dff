using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;
using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>
/// Looks certificates up in the revocation lists that the program gave (RFC 5280 §6.3). With CrlCheckLeaf and CrlCheckChain a
/// certificate that no valid lists cover for every reason is a failure, as in OpenSSL and Python; without them a list that is
/// there still counts. The Strict profile rejects where a list of the issuer is there and not valid.
/// </summary>
/// <remarks>
/// <para>The anchor is not looked up: it is not part of the path (§6.1). The end-entity certificate always is, anchor or not.</para>
/// <para>
/// An end-entity certificate that is an anchor has no issuer in the path. As in OpenSSL its lists are verified by its own key where
/// it is self-issued, and else by that of its issuer among the anchors and what the peer sent. Whether that issuer is trusted does
/// not matter: the certificate is, and its signature says who the issuer is.
/// </para>
/// </remarks>
internal sealed class RevocationChecker(IssuerPool pool, PolicyProfile profile, PolicyContext context, SignatureChecker signatures)
{
    private readonly bool _isStrict = context.Request.HasFlag(TlsVerifyFlags.X509Strict);

    internal VerificationFailure? FindFailure(IReadOnlyList<PathNode> path)
    {
        var request = context.Request;
        var checksLeaf = request.HasFlag(TlsVerifyFlags.CrlCheckLeaf);
        if (request.RevocationLists.Count == 0 && !checksLeaf)
        {
            return null;
        }

        if (path.Count == 1)
        {
            return FindFailureOfAnchor(path[0], checksLeaf) is { } ofAnchor ? ofAnchor with { CertificateIndex = 0 } : null;
        }

        for (var i = 0; i < path.Count - 1; i++)
        {
            var isRequired = i == 0 ? checksLeaf : request.HasFlag(TlsVerifyFlags.CrlCheckChain);
            var findings = new RevocationFindings();
            if ((Search(path[i].Certificate, path[i + 1], findings) ?? Conclude(path[i].Certificate, findings, isRequired)) is { } failure)
            {
                return failure with { CertificateIndex = i };
            }
        }

        return null;
    }

    private VerificationFailure? FindFailureOfAnchor(PathNode endEntity, bool isRequired)
    {
        var certificate = endEntity.Certificate;
        var findings = new RevocationFindings();
        if (!ListsOf(certificate).Any())
        {
            return Conclude(certificate, findings, isRequired);
        }

        var hasIssuer = false;
        foreach (var issuer in FindIssuers(endEntity))
        {
            hasIssuer = true;
            if (Search(certificate, issuer, findings) is { } failure)
            {
                return failure;
            }
        }

        if (signatures.IsExhausted)
        {
            return signatures.BudgetFailure;
        }

        if (hasIssuer)
        {
            return Conclude(certificate, findings, isRequired);
        }

        // A peer whose certificate is revoked would leave out the issuer that proves it.
        return isRequired || ListsOf(certificate).Any(list => IsNamedBy(list, certificate))
            ? Unknown($"the CRL of {SafeText.ShowName(certificate.Issuer)} cannot be verified: the peer did not send that issuer, nor is it a trust anchor.")
            : null;
    }

    /// <summary>The certificates whose key verifies the lists about an end-entity certificate that is an anchor.</summary>
    private IEnumerable<PathNode> FindIssuers(PathNode endEntity)
    {
        if (endEntity.Certificate.IsSelfIssued)
        {
            yield return endEntity;
        }

        foreach (var issuer in pool.FindIssuers(endEntity.Certificate, mustLeadToAnchor: false))
        {
            if (!issuer.Certificate.Equals(endEntity.Certificate)
                && issuer.FindFailure(profile, context) is null
                && signatures.FindFailure(endEntity, issuer) is null)
            {
                yield return issuer;
            }
        }
    }

    /// <summary>Whether a current list names a certificate, whoever has signed it.</summary>
    private bool IsNamedBy(CertificateRevocationList list, CertificateInfo certificate) =>
        FindStaleness(list) is null && RevocationListRules.Ask(list, certificate, _isStrict).Entry is not null;

    private IEnumerable<CertificateRevocationList> ListsOf(CertificateInfo certificate) =>
        context.Request.RevocationLists.Where(list => list.Issuer.Equals(certificate.Issuer));

    /// <summary>Adds to the findings what the lists say that an issuer has signed.</summary>
    /// <returns>The failure that ends the search, or null.</returns>
    private VerificationFailure? Search(CertificateInfo certificate, PathNode issuer, RevocationFindings findings)
    {
        foreach (var list in ListsOf(certificate))
        {
            var answer = RevocationListRules.Ask(list, certificate, _isStrict);
            if (answer is { Fault: null, Entry: null } && (answer.Reasons & ~findings.Covered) == RevocationReasons.None)
            {
                // Nothing new, whoever signed it.
                findings.IsElsewhere |= answer.Reasons == RevocationReasons.None;
                continue;
            }

            if ((answer.Fault ?? FindInvalidity(list, issuer)) is { } invalidity)
            {
                if (signatures.IsExhausted)
                {
                    // Not known to be invalid, only not looked at: a peer must not be able to talk a list away by making everything else expensive.
                    return signatures.BudgetFailure;
                }

                findings.Invalidity ??= invalidity;
                continue;
            }

            if (answer.Entry is { } entry)
            {
                return new VerificationFailure(FailureReason.Revoked, $"the certificate was revoked on {entry.RevocationDate:yyyy-MM-dd} (CRL of {SafeText.ShowName(list.Issuer)}).");
            }

            findings.Covered |= answer.Reasons;
        }

        return null;
    }

    /// <summary>What follows from the findings where no list names the certificate.</summary>
    private VerificationFailure? Conclude(CertificateInfo certificate, RevocationFindings findings, bool isRequired)
    {
        if (findings.Covered == RevocationReasons.All || (!isRequired && (findings.Invalidity is null || !_isStrict)))
        {
            return null;
        }

        var issuer = SafeText.ShowName(certificate.Issuer);
        return Unknown(findings switch
        {
            { Invalidity: { } invalidity } => $"the CRL of {issuer} is not valid: {invalidity}.",
            { Covered: not RevocationReasons.None } => $"the CRLs of {issuer} cover some reasons for revocation only (RFC 5280 §6.3.3).",
            { IsElsewhere: true } => $"the CRLs of {issuer} cover other certificates, by their distribution point (RFC 5280 §6.3.3).",
            _ => $"there is no CRL of {issuer}.",
        });
    }

    /// <summary>Why a list that can be used says nothing now, or not under an issuer's key, or null (RFC 5280 §5, §6.3.3).</summary>
    private string? FindInvalidity(CertificateRevocationList list, PathNode issuer)
    {
        if (FindStaleness(list) is { } staleness)
        {
            return staleness;
        }

        if (issuer.Certificate.KeyUsage?.HasFlag(X509KeyUsageFlags.CrlSign) == false)
        {
            return "the issuer's key usage does not allow signing CRLs (RFC 5280 §6.3.3 (f))";
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

    private string? FindStaleness(CertificateRevocationList list) =>
        context.Time < list.ThisUpdate ? "its thisUpdate is still to come"
        : context.Time > list.NextUpdate ? "its nextUpdate has passed"
        : null;

    private static VerificationFailure Unknown(string message) => new(FailureReason.RevocationStatusUnknown, message);
}
