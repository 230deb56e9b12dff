using System.Text;
using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Every name below a CA lies in what that CA may issue for (RFC 5280 §4.2.1.10, §6.1.3 (b), (c)): the subject and the alternative names of each certificate,
/// self-issued intermediates aside.
/// </summary>
/// <remarks>
/// A malformed constraint fails the path, permitted or excluded, whether the path has names of its kind or not. A well-formed
/// one of a kind that cannot be compared (otherName, for one) fails it only where there is a name of that kind.
/// </remarks>
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

            // Whatever names are below: a malformed constraint might forbid any of them.
            if (context.NameConstraintChecks.FindMalformed(constraints) is { } malformed)
            {
                var message = $"the name constraint {malformed} of this CA is malformed (RFC 5280 §4.2.1.10).";
                return new VerificationFailure(FailureReason.NameConstraintViolation, message, issuer);
            }

            for (var subject = issuer - 1; subject >= 0; subject--)
            {
                if ((subject == 0 || !path[subject].IsSelfIssued) && CheckNames(path[issuer], path[subject], subject, constraints, context) is { } failure)
                {
                    return failure;
                }
            }
        }

        return null;
    }

    private static VerificationFailure? CheckNames(CertificateInfo issuer, CertificateInfo subject, int index, NameConstraintSet constraints, PolicyContext context)
    {
        // Many paths lead through the same two certificates.
        if (!context.NameConstraintChecks.TryGet(issuer, subject, out var failure))
        {
            failure = CheckNames(subject, index, constraints, context);
            context.NameConstraintChecks.Add(issuer, subject, failure);
        }

        return failure is null ? null : failure with { CertificateIndex = index };
    }

    private static VerificationFailure? CheckNames(CertificateInfo certificate, int index, NameConstraintSet constraints, PolicyContext context)
    {
        // Counted before anything is compared.
        for (var kind = GeneralNameKind.OtherName; kind <= GeneralNameKind.RegisteredId; kind++)
        {
            long count = constraints.Permitted[kind].Length + constraints.Excluded[kind].Length;
            context.NameConstraintComparisonsLeft -= count == 0 ? 0 : count * (certificate.Decoded.AlternativeNamesByKind[kind].Length + NamesOfSubject(certificate, kind, index, context).Count);
        }

        if (context.NameConstraintComparisonsLeft < 0)
        {
            return new VerificationFailure(
                FailureReason.NameConstraintBudgetExceeded,
                $"the names and name constraints of the chain need more than {context.Request.Limits.MaxNameConstraintComparisons} comparisons (VerificationLimits.MaxNameConstraintComparisons).");
        }

        for (var kind = GeneralNameKind.OtherName; kind <= GeneralNameKind.RegisteredId; kind++)
        {
            if ((constraints.Permitted[kind].Length + constraints.Excluded[kind].Length > 0)
                && (CheckNames(certificate.Decoded.AlternativeNamesByKind[kind], kind, constraints) ?? CheckNames(NamesOfSubject(certificate, kind, index, context).ToArray(), kind, constraints)) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static VerificationFailure? CheckNames(ReadOnlySpan<GeneralName> names, GeneralNameKind kind, NameConstraintSet constraints)
    {
        foreach (var name in names)
        {
            if (CheckName(name, constraints.Permitted[kind], constraints.Excluded[kind]) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>The names of a kind that a certificate has besides its alternative names.</summary>
    private static IReadOnlyList<GeneralName> NamesOfSubject(CertificateInfo certificate, GeneralNameKind kind, int index, PolicyContext context) => kind switch
    {
        GeneralNameKind.DirectoryName when !certificate.Subject.IsEmpty => [new GeneralName(certificate.Subject)],

        // Old certificates have addresses in the subject; without alternative names they are constrained too.
        GeneralNameKind.Rfc822Name when certificate.SubjectAlternativeNames.Count == 0 =>
            [.. certificate.Subject.Attributes.Where(a => string.Equals(a.Oid, AttributeTypes.EmailAddress, StringComparison.Ordinal)).Select(a => OfText(kind, a.Value))],

        // What may be matched must be constrained.
        GeneralNameKind.DnsName when index == 0 && context.Request.HostnameChecksCommonName && !HasHost(certificate.Decoded.AlternativeNamesByKind) =>
            [.. certificate.Subject.CommonNames.Select(name => OfText(kind, name))],
        _ => [],
    };

    private static bool HasHost(NamesByKind names) => names[GeneralNameKind.DnsName].Length + names[GeneralNameKind.IPAddress].Length > 0;

    private static GeneralName OfText(GeneralNameKind kind, string text) => new(kind, Encoding.UTF8.GetBytes(text));

    private static VerificationFailure? CheckName(GeneralName name, ReadOnlySpan<GeneralName> permittedNames, ReadOnlySpan<GeneralName> excludedNames)
    {
        foreach (var excluded in excludedNames)
        {
            if (NameConstraintMatcher.Compare(name, excluded, isExcluded: true) is var verdict and not NameMatch.No)
            {
                return Failure(verdict, $"the name {SafeText.ShowName(name)} is excluded by a CA above ({SafeText.ShowName(excluded)}).");
            }
        }

        foreach (var permitted in permittedNames)
        {
            switch (NameConstraintMatcher.Compare(name, permitted, isExcluded: false))
            {
                case NameMatch.Yes:
                    return null;
                case NameMatch.No:
                    break;
                case var verdict:
                    return Failure(verdict, $"the name {SafeText.ShowName(name)} cannot be compared with the name constraint {SafeText.ShowName(permitted)} of a CA above.");
            }
        }

        return permittedNames.IsEmpty ? null : OutsidePermitted(name, permittedNames);
    }

    private static VerificationFailure OutsidePermitted(GeneralName name, ReadOnlySpan<GeneralName> permitted)
    {
        const int shown = 5;
        var list = string.Join(", ", permitted[..Math.Min(shown, permitted.Length)].ToArray().Select(SafeText.ShowName));
        return new VerificationFailure(FailureReason.NameConstraintViolation, $"the name {SafeText.ShowName(name)} is outside what a CA above may issue for ({list}{(permitted.Length > shown ? ", …" : string.Empty)}).");
    }

    private static VerificationFailure Failure(NameMatch verdict, string message) => new(
        FailureReason.NameConstraintViolation,
        verdict == NameMatch.Malformed ? message.TrimEnd('.') + ": one of the two is malformed or of a kind that cannot be compared." : message);
}
