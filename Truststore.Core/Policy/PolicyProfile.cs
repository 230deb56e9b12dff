using Truststore.Policy.Rules;

namespace Truststore.Policy;

/// <summary>The rules of a profile, in the order in which they are checked: cheap and telling ones first.</summary>
internal sealed class PolicyProfile
{
    /// <summary>RFC 5280 path validation and the checks that protect people. Accepts what corporate proxies and private CAs really issue.</summary>
    internal static readonly PolicyProfile Compatible = new(
        [
            new LimitsRule(),
            new ValidityRule(),
            new StructureRule(),
            new CriticalExtensionsRule(),
            new CertificationAuthorityRule(),
            new KeyUsageRule(),
            new ExtendedKeyUsageRule(),
            new KeyStrengthRule(),
            new SignatureAlgorithmRule(),
            new HostnameRule(),
        ],
        [new PathLengthRule(), new NameConstraintsRule(), new CertificatePoliciesRule()]);

    private static readonly Lazy<PolicyProfile> s_strict = new(() => new PolicyProfile(
        [
            .. Compatible.CertificateRules,
            new StrictEncodingRule(),
            new StrictNamesRule(),
            new StrictKeyIdentifiersRule(),
            new StrictBasicConstraintsRule(),
            new StrictKeyUsageRule(),
            new StrictExtendedKeyUsageRule(),
            new StrictExtensionsRule(),
            new StrictSubjectAlternativeNamesRule(),
            new StrictWildcardRule(),
            new StrictCommonNameRule(),
            new StrictKeyRule(),
            new StrictSignatureAlgorithmRule(),
        ],
        Compatible.PathRules));

    /// <summary>Compatible, and everything that RFC 5280 and the CA/Browser Forum's baseline requirements ask of the certificates themselves.</summary>
    internal static PolicyProfile Strict => s_strict.Value;

    private PolicyProfile(ICertificateRule[] certificateRules, IPathRule[] pathRules)
    {
        CertificateRules = certificateRules;
        PathRules = pathRules;
    }

    internal ICertificateRule[] CertificateRules { get; }

    internal IPathRule[] PathRules { get; }

    internal static PolicyProfile Of(ChainVerificationRequest request) => request.HasFlag(TlsVerifyFlags.X509Strict) ? Strict : Compatible;

    /// <summary>The first thing that is wrong with a certificate in a role.</summary>
    internal VerificationFailure? FindFailure(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        foreach (var rule in CertificateRules)
        {
            if (Applies(rule, certificate, role) && rule.Check(certificate, role, context) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Everything that is wrong with a certificate in a role; of one beyond a limit no more than that.</summary>
    internal IEnumerable<VerificationFailure> FindFailures(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        foreach (var rule in CertificateRules)
        {
            if (Applies(rule, certificate, role) && rule.Check(certificate, role, context) is { } failure)
            {
                yield return failure;
                if (failure.Reason == FailureReason.TooManyNames)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>The first thing that is wrong with a path as a whole.</summary>
    internal VerificationFailure? FindPathFailure(IReadOnlyList<CertificateInfo> path, PolicyContext context)
    {
        foreach (var rule in PathRules)
        {
            if (rule.Check(path, context) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Whether a rule is asked of a certificate: not one about the form of an anchor other than a root.</summary>
    private static bool Applies(ICertificateRule rule, CertificateInfo certificate, CertificateRole role) =>
        !rule.IsAboutForm || role != CertificateRole.Anchor || certificate.IsSelfIssued;
}
