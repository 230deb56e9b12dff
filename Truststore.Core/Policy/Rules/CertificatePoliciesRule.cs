using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Where a CA requires an explicit policy, one policy holds all the way down (RFC 5280 §6.1.2 to §6.1.5, with any initial policy). Of the RFC's policy tree only
/// the lowest level is kept: whether that is empty is all that counts, and a tree can be made to explode.
/// </summary>
internal sealed class CertificatePoliciesRule : IPathRule
{
    public VerificationFailure? Check(IReadOnlyList<CertificateInfo> path, PolicyContext context)
    {
        // Nothing but a policy constraint can make a policy matter, and a mapping may be an impossible one; the anchor's own are not part of the path (RFC 5280 §6.1).
        var isConstrained = false;
        var isMapped = false;
        for (var i = 0; i < path.Count - 1; i++)
        {
            isConstrained |= path[i].FindExtension(ExtensionOids.PolicyConstraints) is not null;
            isMapped |= i > 0 && path[i].FindExtension(ExtensionOids.PolicyMappings) is not null;
        }

        return isConstrained ? FindMalformed(path) ?? TakeFromBudget(path, context) ?? FindMappedAnyPolicy(path) ?? new PolicyState(path.Count - 1).Process(path)
            : isMapped ? TakeFromBudget(path, context) ?? FindMappedAnyPolicy(path)
            : null;
    }

    private static VerificationFailure? FindMalformed(IReadOnlyList<CertificateInfo> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
        {
            foreach (var (oid, error) in path[i].Policies.Errors)
            {
                return new VerificationFailure(FailureReason.MalformedExtension, $"the extension {oid} cannot be decoded: {error}.", i);
            }
        }

        return null;
    }

    private static VerificationFailure? TakeFromBudget(IReadOnlyList<CertificateInfo> path, PolicyContext context)
    {
        for (var i = 0; i < path.Count - 1 && context.PoliciesLeft >= 0; i++)
        {
            context.PoliciesLeft -= (path[i].CertificatePolicies?.Count ?? 0) + (path[i].Policies.Mappings?.Count ?? 0);
        }

        return context.PoliciesLeft >= 0
            ? null
            : new VerificationFailure(FailureReason.PolicyBudgetExceeded, $"the certificate policies of the chain need more than {context.Request.Limits.MaxPolicies} steps (VerificationLimits.MaxPolicies).");
    }

    private static VerificationFailure? FindMappedAnyPolicy(IReadOnlyList<CertificateInfo> path)
    {
        for (var i = path.Count - 2; i > 0; i--)
        {
            if (path[i].Policies.Mappings?.Any(m => m.IssuerDomainPolicy is ExtensionOids.AnyPolicy || m.SubjectDomainPolicy is ExtensionOids.AnyPolicy) == true)
            {
                return Violation(i, "anyPolicy is mapped (RFC 5280 §6.1.4 (a)).");
            }
        }

        return null;
    }

    private static VerificationFailure Violation(int index, string message) => new(FailureReason.PolicyViolation, message, index);

    private sealed class PolicyState(int length)
    {
        private int _explicitPolicy = length + 1;
        private int _inhibitAnyPolicy = length + 1;
        private int _policyMapping = length + 1;

        /// <summary>The policies that the next certificate may name; null once no policy is left.</summary>
        private HashSet<string>? _expected = new(StringComparer.Ordinal) { ExtensionOids.AnyPolicy };

        internal VerificationFailure? Process(IReadOnlyList<CertificateInfo> path)
        {
            for (var i = path.Count - 2; i >= 0; i--)
            {
                var certificate = path[i];
                _expected = ValidPolicies(certificate, isLast: i == 0);
                if (_explicitPolicy == 0 && _expected is null)
                {
                    return Violation(i, "a CA requires a certificate policy, and none holds along the path (RFC 5280 §6.1.3 (f)).");
                }

                if (i > 0)
                {
                    Map(certificate);
                    PrepareForNext(certificate);
                }
            }

            _explicitPolicy = path[0].Policies.Constraints?.RequireExplicitPolicy == 0 ? 0 : Math.Max(0, _explicitPolicy - 1);
            return _explicitPolicy == 0 && _expected is null
                ? Violation(0, "a certificate policy is required, and none holds along the path (RFC 5280 §6.1.5).")
                : null;
        }

        /// <summary>RFC 5280 §6.1.3 (d) and (e).</summary>
        private HashSet<string>? ValidPolicies(CertificateInfo certificate, bool isLast)
        {
            if (_expected is null || certificate.CertificatePolicies is not { } named)
            {
                return null;
            }

            var valid = new HashSet<string>(StringComparer.Ordinal);
            var anyExpected = _expected.Contains(ExtensionOids.AnyPolicy);
            var anyNamed = false;
            foreach (var policy in named)
            {
                if (policy is ExtensionOids.AnyPolicy)
                {
                    anyNamed = true;
                }
                else if (anyExpected || _expected.Contains(policy))
                {
                    valid.Add(policy);
                }
            }

            if (anyNamed && (_inhibitAnyPolicy > 0 || (!isLast && certificate.IsSelfIssued)))
            {
                valid.UnionWith(_expected);
            }

            return valid.Count > 0 ? valid : null;
        }

        /// <summary>RFC 5280 §6.1.4 (b).</summary>
        private void Map(CertificateInfo certificate)
        {
            if (_expected is null || certificate.Policies.Mappings is not { } mappings)
            {
                return;
            }

            var any = _expected.Contains(ExtensionOids.AnyPolicy);
            var mapped = mappings.Where(m => _expected.Contains(m.IssuerDomainPolicy) || (any && _policyMapping > 0)).ToList();
            _expected.ExceptWith(mapped.Select(m => m.IssuerDomainPolicy));
            if (_policyMapping > 0)
            {
                _expected.UnionWith(mapped.Select(m => m.SubjectDomainPolicy));
            }

            _expected = _expected.Count > 0 ? _expected : null;
        }

        /// <summary>RFC 5280 §6.1.4 (h) to (j).</summary>
        private void PrepareForNext(CertificateInfo certificate)
        {
            if (!certificate.IsSelfIssued)
            {
                _explicitPolicy = Math.Max(0, _explicitPolicy - 1);
                _policyMapping = Math.Max(0, _policyMapping - 1);
                _inhibitAnyPolicy = Math.Max(0, _inhibitAnyPolicy - 1);
            }

            var constraints = certificate.Policies.Constraints;
            _explicitPolicy = Math.Min(_explicitPolicy, constraints?.RequireExplicitPolicy ?? int.MaxValue);
            _policyMapping = Math.Min(_policyMapping, constraints?.InhibitPolicyMapping ?? int.MaxValue);
            _inhibitAnyPolicy = Math.Min(_inhibitAnyPolicy, certificate.Policies.InhibitAnyPolicy ?? int.MaxValue);
        }
    }
}
