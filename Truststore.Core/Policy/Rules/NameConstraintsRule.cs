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
        var names = ConstrainedNames(certificate, index, context).ToList();
        if (!TakeFromBudget(names, constraints, context))
        {
            return new VerificationFailure(
                FailureReason.NameConstraintBudgetExceeded,
                $"the names and name constraints of the chain need more than {context.Request.Limits.MaxNameConstraintComparisons} comparisons (VerificationLimits.MaxNameConstraintComparisons).",
                index);
        }

        foreach (var name in names)
        {
            if (CheckName(name, constraints) is { } failure)
            {
                return failure with { CertificateIndex = index };
            }
        }

        return null;
    }

    /// <summary>Counts before comparing: names times constraints of the same kind.</summary>
    private static bool TakeFromBudget(List<GeneralName> names, NameConstraintSet constraints, PolicyContext context)
    {
        foreach (var name in names)
        {
            context.NameConstraintComparisonsLeft -= constraints.Permitted(name.Kind).Length + constraints.Excluded(name.Kind).Length;
        }

        return context.NameConstraintComparisonsLeft >= 0;
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

    private static VerificationFailure? CheckName(GeneralName name, NameConstraintSet constraints)
    {
        foreach (var excluded in constraints.Excluded(name.Kind))
        {
            if (NameConstraintMatcher.Compare(name, excluded, isExcluded: true) is var verdict and not NameMatch.No)
            {
                return Failure(verdict, $"the name {name} is excluded by a CA above ({excluded}).");
            }
        }

        var permittedNames = constraints.Permitted(name.Kind);
        foreach (var permitted in permittedNames)
        {
            switch (NameConstraintMatcher.Compare(name, permitted, isExcluded: false))
            {
                case NameMatch.Yes:
                    return null;
                case NameMatch.No:
                    break;
                case var verdict:
                    return Failure(verdict, $"the name {name} cannot be compared with the name constraint {permitted} of a CA above.");
            }
        }

        return permittedNames.IsEmpty ? null : OutsidePermitted(name, permittedNames);
    }

    private static VerificationFailure OutsidePermitted(GeneralName name, ReadOnlySpan<GeneralName> permitted)
    {
        const int shown = 5;
        var list = string.Join<GeneralName>(", ", permitted[..Math.Min(shown, permitted.Length)].ToArray());
        return new VerificationFailure(FailureReason.NameConstraintViolation, $"the name {name} is outside what a CA above may issue for ({list}{(permitted.Length > shown ? ", …" : string.Empty)}).");
    }

    private static VerificationFailure Failure(NameMatch verdict, string message) => new(
        FailureReason.NameConstraintViolation,
        verdict == NameMatch.Malformed ? message.TrimEnd('.') + ": one of the two is malformed or of a kind that cannot be compared." : message);
}
