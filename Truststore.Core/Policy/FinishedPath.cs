namespace Truststore.Policy;

/// <summary>
/// Verifies a path that an operating system has built and trusts by Core's own rules, so that names, constraints and limits are not left to the operating system alone.
/// Signatures, revocation and the anchor's trust stay what the operating system said of them. Strict differs from Linux in two rules: there is no list of public suffixes, and whether a certificate is self-signed
/// is taken from its names.
/// </summary>
internal static class FinishedPath
{
    /// <param name="request">The request that is answered.</param>
    /// <param name="encodedPath">The path in DER, end-entity certificate to anchor; at least one certificate.</param>
    /// <returns>Trusted by way of that path, or rejected with everything that is wrong along it.</returns>
    internal static ChainVerificationResult Judge(ChainVerificationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> encodedPath)
    {
        var path = new List<CertificateInfo>(encodedPath.Count);
        foreach (var encoded in encodedPath)
        {
            try
            {
                path.Add(CertificateInfo.ParseOwned(encoded));
            }
            catch (CertificateFormatException error)
            {
                var malformed = new VerificationFailure(FailureReason.MalformedCertificate, $"the certificate cannot be decoded: {error.Message}") { CertificateIndex = path.Count };
                return ChainVerificationResult.Rejected(request, [malformed], path);
            }
        }

        var failures = FindFailures(request, path);
        return failures.Count == 0 ? ChainVerificationResult.Trusted(request, path) : ChainVerificationResult.Rejected(request, failures, path);
    }

    /// <summary>As <see cref="Judge"/>, for a path that the operating system trusts. Two more things are rejected all the same.</summary>
    /// <remarks>
    /// A certificate that an added anchor distrusts for the peer's purpose. And where revocation is to be checked, an end-entity
    /// certificate that is an anchor: operating systems do not look for the revocation of anchors, and so have no answer to require.
    /// </remarks>
    /// <param name="request">The request that is answered.</param>
    /// <param name="encodedPath">The path in DER, end-entity certificate to anchor; at least one certificate.</param>
    /// <param name="isKnownNotRevoked">Whether the operating system has found out that the end-entity certificate is not revoked.</param>
    internal static ChainVerificationResult Confirm(
        ChainVerificationRequest request, IReadOnlyList<ReadOnlyMemory<byte>> encodedPath, bool isKnownNotRevoked = false)
    {
        var result = Judge(request, encodedPath);
        if (result.VerifiedPath.Count == 1 && request.HasFlag(TlsVerifyFlags.CrlCheckLeaf) && !isKnownNotRevoked)
        {
            const string message = "the certificate is a trust anchor, for which the operating system does not check revocation.";
            var failure = new VerificationFailure(FailureReason.RevocationStatusUnknown, message, CertificateIndex: 0);
            return ChainVerificationResult.Rejected(request, [failure], result.VerifiedPath);
        }

        for (var i = 0; i < result.VerifiedPath.Count; i++)
        {
            if (request.AddedAnchors.IsRejected(result.VerifiedPath[i], request.Purpose))
            {
                return ChainVerificationResult.Rejected(request, [new VerificationFailure(FailureReason.Distrusted, "the trust store distrusts this certificate for the peer's purpose.", i)], result.VerifiedPath);
            }
        }

        return result;
    }

    private static List<VerificationFailure> FindFailures(ChainVerificationRequest request, List<CertificateInfo> path)
    {
        var profile = PolicyProfile.Of(request);
        var context = new PolicyContext(request, PublicSuffixList.TopLevelOnly) { IsEndEntityAnchor = path.Count == 1 };
        var failures = new List<VerificationFailure>();
        for (var i = path.Count - 1; i >= 0; i--)
        {
            foreach (var failure in profile.FindFailures(path[i], RoleAt(i, path.Count), context))
            {
                failures.Add(failure with { CertificateIndex = i });
            }
        }

        // Rules about the whole path may take certificates for sound that the rules above have not passed.
        if (failures.Count == 0 && profile.FindPathFailure(path, context) is { } pathFailure)
        {
            failures.Add(pathFailure);
        }

        return failures;
    }

    private static CertificateRole RoleAt(int index, int count) =>
        index == 0 ? CertificateRole.EndEntity
        : index == count - 1 ? CertificateRole.Anchor
        : CertificateRole.Intermediate;
}
