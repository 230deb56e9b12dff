namespace Truststore.Policy;

/// <summary>Remembers, within one verification, which certificates satisfy the name constraints of which.</summary>
internal sealed class NameConstraintChecks
{
    // By identity: within one verification a certificate is one object.
    private readonly Dictionary<object, Dictionary<object, VerificationFailure?>> _bySubject = new(ReferenceEqualityComparer.Instance);

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
