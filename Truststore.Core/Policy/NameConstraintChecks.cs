using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>
/// Remembers, within one verification, which name constraints are malformed, and which certificates satisfy those of which.
/// </summary>
internal sealed class NameConstraintChecks
{
    // By identity: within one verification a certificate is one object.
    private readonly Dictionary<object, Dictionary<object, VerificationFailure?>> _bySubject = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<object, GeneralName?> _malformed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The first malformed subtree, or null.</summary>
    internal GeneralName? FindMalformed(NameConstraintSet constraints)
    {
        if (!_malformed.TryGetValue(constraints, out var malformed))
        {
            malformed = constraints.All.FirstOrDefault(NameConstraintMatcher.IsMalformed);
            _malformed.Add(constraints, malformed);
        }

        return malformed;
    }

    internal bool TryGet(CertificateInfo issuer, CertificateInfo subject, out VerificationFailure? failure)
    {
        failure = null;
        return _bySubject.TryGetValue(subject, out var byIssuer) && byIssuer.TryGetValue(issuer, out failure);
    }

    internal void Add(CertificateInfo issuer, CertificateInfo subject, VerificationFailure? failure)
    {
        if (!_bySubject.TryGetValue(subject, out var byIssuer))
        {
            _bySubject.Add(subject, byIssuer = new Dictionary<object, VerificationFailure?>(ReferenceEqualityComparer.Instance));
        }

        byIssuer[issuer] = failure;
    }
}
