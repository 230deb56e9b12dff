using System.Text;
using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Every name below a CA lies in what that CA may issue for (RFC 5280 §4.2.1.10, §6.1.3 (b), (c)): the subject and the alternative names of each certificate,
/// self-issued intermediates aside.
/// </summary>
internal sealed class NameConstraintsRule : IPathRule
{
    public VerificationFailure? Check(IReadOnlyList<CertificateInfo> path, PolicyContext context)
    {
        for (var issuer = path.Count - 1; issuer > 0; issuer--)
        {
            if (path[issuer].Decoded.NameConstraints is not { } constraints)
            {
                continue;
            }

            for (var subject = issuer - 1; subject >= 0; subject--)
            {
                if ((subject == 0 || !path[subject].IsSelfIssued) && CheckNames(path[subject], subject, constraints, context) is { } failure)
                {
                    return failure;
                }
            }
        }

        return null;
    }

    private static VerificationFailure? CheckNames(CertificateInfo certificate, int index, NameConstraintSet constraints, PolicyContext context)
    {
        foreach (var name in ConstrainedNames(certificate, index, context))
        {
            if (CheckName(name, constraints, context) is { } failure)
            {
                return failure with { CertificateIndex = index };
            }
        }

        return null;
    }

    private static IEnumerable<GeneralName> ConstrainedNames(CertificateInfo certificate, int index, PolicyContext context)
    {
        var names = certificate.SubjectAlternativeNames;
        foreach (var name in names)
        {
            yield return name;
        }

        if (certificate.Subject.IsEmpty)
        {
            yield break;
        }

        yield return new GeneralName(certificate.Subject);
        if (names.Count == 0)
        {
            // Old certificates have addresses in the subject; without alternative names they are constrained too.
            foreach (var attribute in certificate.Subject.Attributes.Where(a => string.Equals(a.Oid, AttributeTypes.EmailAddress, StringComparison.Ordinal)))
            {
                yield return new GeneralName(GeneralNameKind.Rfc822Name, Encoding.UTF8.GetBytes(attribute.Value));
            }
        }

        if (index == 0 && context.Request.HostnameChecksCommonName && !names.Any(n => n.Kind is GeneralNameKind.DnsName or GeneralNameKind.IPAddress))
        {
            // What may be matched must be constrained.
            foreach (var commonName in certificate.Subject.CommonNames)
            {
                yield return new GeneralName(GeneralNameKind.DnsName, Encoding.UTF8.GetBytes(commonName));
            }
        }
    }

    private static VerificationFailure? CheckName(GeneralName name, NameConstraintSet constraints, PolicyContext context)
    {
        foreach (var excluded in constraints.Excluded)
        {
            if (excluded.Kind == name.Kind && Compare(name, excluded, isExcluded: true, context) is var verdict and not NameMatch.No)
            {
                return Failure(verdict, context, $"the name {name} is excluded by a CA above ({excluded}).");
            }
        }

        var isConstrained = false;
        foreach (var permitted in constraints.Permitted)
        {
            if (permitted.Kind != name.Kind)
            {
                continue;
            }

            isConstrained = true;
            switch (Compare(name, permitted, isExcluded: false, context))
            {
                case NameMatch.Yes:
                    return null;
                case NameMatch.No:
                    break;
                case var verdict:
                    return Failure(verdict, context, $"the name {name} cannot be compared with the name constraint {permitted} of a CA above.");
            }
        }

        return isConstrained
            ? new VerificationFailure(FailureReason.NameConstraintViolation, $"the name {name} is outside what a CA above may issue for ({string.Join(", ", constraints.Permitted.Where(p => p.Kind == name.Kind).Take(5))}).")
            : null;
    }

    private static NameMatch Compare(GeneralName name, GeneralName constraint, bool isExcluded, PolicyContext context) =>
        --context.NameConstraintComparisonsLeft < 0 ? NameMatch.BudgetExceeded : NameConstraintMatcher.Compare(name, constraint, isExcluded);

    private static VerificationFailure Failure(NameMatch verdict, PolicyContext context, string message) => verdict switch
    {
        NameMatch.BudgetExceeded => new VerificationFailure(
            FailureReason.NameConstraintBudgetExceeded,
            $"the names and name constraints of the chain need more than {context.Request.Limits.MaxNameConstraintComparisons} comparisons (VerificationLimits.MaxNameConstraintComparisons)."),
        NameMatch.Malformed => new VerificationFailure(FailureReason.NameConstraintViolation, message.TrimEnd('.') + ": one of the two is malformed or of a kind that cannot be compared."),
        _ => new VerificationFailure(FailureReason.NameConstraintViolation, message),
    };
}
