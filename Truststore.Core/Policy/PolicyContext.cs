using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>What rules depend on besides the certificates: the request, and the budgets of one verification.</summary>
internal sealed class PolicyContext(ChainVerificationRequest request, PublicSuffixList publicSuffixes)
{
    /// <summary>The platform's list of public suffixes.</summary>
    internal PublicSuffixList PublicSuffixes { get; } = publicSuffixes;

    /// <summary>Tells whether a self-issued certificate is signed by its own key. Who cannot check signatures takes it at its word.</summary>
    internal Func<CertificateInfo, bool> IsSelfSigned { get; init; } = static certificate => certificate.IsSelfIssued;

    /// <summary>Whether the end-entity certificate is an anchor itself, so that nobody relies on its own signature.</summary>
    internal bool IsEndEntityAnchor { get; init; }

    /// <summary>Whether the certificate in a role is an anchor, so that nothing depends on who issued it.</summary>
    internal bool IsAnchor(CertificateRole role) =>
        role == CertificateRole.Anchor || (role == CertificateRole.EndEntity && IsEndEntityAnchor);

    internal ChainVerificationRequest Request { get; } = request;

    /// <summary>The verification time in whole seconds, the granularity of certificates: a certificate is valid through the end of its last second (RFC 5280 §4.1.2.5).</summary>
    internal DateTimeOffset Time { get; } = new(request.VerificationTime.UtcTicks - (request.VerificationTime.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>The extended key usage that the path must allow.</summary>
    internal string RequiredUsage { get; } = ExtensionOids.Of(request.Purpose);

    /// <summary>How many certificate policies and mappings may still be looked at; below zero the budget is exceeded.</summary>
    internal long PoliciesLeft { get; set; } = request.Limits.MaxPolicies;

    /// <summary>What came of comparing the names of one certificate with the name constraints of another.</summary>
    internal NameConstraintChecks NameConstraintChecks => field ??= new NameConstraintChecks();

    /// <summary>How many comparisons of names with name constraints are left; below zero the budget is exceeded.</summary>
    internal long NameConstraintComparisonsLeft { get; set; } = request.Limits.MaxNameConstraintComparisons;
}
