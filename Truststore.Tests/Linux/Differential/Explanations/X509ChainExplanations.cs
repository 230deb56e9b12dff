using static System.Security.Cryptography.X509Certificates.X509ChainStatusFlags;
using static Truststore.Tests.Linux.Differential.Explanation;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Where .NET's X509Chain and MatchesHostname answer differently. Codes are the flags of X509ChainStatus, and exceptions.</summary>
internal static class X509ChainExplanations
{
    internal static IReadOnlyList<Explanation> All { get; } =
    [
        WeAccept(Leniencies.LastSecond, nameof(NotTimeValid)),
        WeAccept(Leniencies.CriticalInformation, nameof(HasNotSupportedCriticalExtension)),
        WeAccept(Leniencies.AnyExtendedKeyUsageInPath, nameof(NotValidForUsage)),
        WeAccept(Leniencies.ExplicitPolicyAsUsage, nameof(NotValidForUsage)),
        WeAccept(Leniencies.UndecodablePolicies, "CryptographicException"),
        WeAccept(Leniencies.OtherAuthority, nameof(PartialChain)),
        WeAccept(Leniencies.AnchorNotSelfSigned, nameof(PartialChain)),
        WeAccept(Leniencies.AnchorNotSelfIssued, nameof(PartialChain)),
        WeAccept(Leniencies.PinnedWithoutCertificateSigning, nameof(InvalidBasicConstraints)),
        WeAccept(Leniencies.SelfIssued, nameof(UntrustedRoot), nameof(NotSignatureValid)),
        WeAccept(Leniencies.OtherIssuerFirst, Objection.PathNotFound),
        WeAccept(Leniencies.IndistinctIssuers, nameof(NotSignatureValid)),
        WeAccept(Leniencies.UndecodableDistributionPoints, nameof(PartialChain)),
        WeAccept(Leniencies.EmailInSubject, nameof(HasNotPermittedNameConstraint), nameof(HasExcludedNameConstraint)),
        WeAccept(Leniencies.CommonNameConstrained, nameof(HasNotPermittedNameConstraint), nameof(HasExcludedNameConstraint)),
        WeAccept(Leniencies.HostThatThrows, "HostnameArgumentException"),
        WeAccept(Leniencies.NameThatThrows, "HostnameCryptographicException"),

        WeReject(Severities.WeakKey, FailureReason.WeakKey),
        WeReject(Severities.Sha1, FailureReason.WeakSignatureAlgorithm),
        WeReject(Severities.TrailingPeriod, FailureReason.HostnameMismatch),
        WeReject(Severities.WildcardOfTopLevel, FailureReason.HostnameMismatch),
        WeReject(Severities.KeyUsageOfEndEntity, FailureReason.InvalidKeyUsage),
        WeReject(Severities.RestrictedAnchor, FailureReason.Distrusted),
        WeReject(Severities.UnknownCriticalExtension, FailureReason.UnknownCriticalExtension),
        WeReject(Severities.Policies, FailureReason.PolicyViolation),
        WeReject(Severities.UndecodablePolicies, FailureReason.MalformedExtension),
        WeReject(Severities.EmptyDistributionPoints, FailureReason.MalformedExtension),
        WeReject(Severities.EmptyNames, FailureReason.MalformedExtension),
        WeReject(Severities.BoundedSubtree, FailureReason.MalformedExtension),
        WeReject(Severities.RepeatedExtension, FailureReason.MalformedExtension),
        WeReject(Severities.TrailingBytesInExtension, FailureReason.MalformedExtension),
        WeReject(Severities.AuthorityBitIsOne, FailureReason.MalformedExtension),
        WeReject(Severities.AnchorSignatureAlgorithms, FailureReason.MalformedCertificate),
        WeReject(Severities.IssuerWithoutName, FailureReason.MalformedCertificate),
        WeReject(Severities.OldVersion, FailureReason.MalformedCertificate),
        WeReject(Severities.OldVersionAbove),
        WeReject(Severities.TrailingBytes, FailureReason.MalformedCertificate),
        WeReject(Severities.TrailingBytesAbove),
        WeReject(Severities.MalformedSubtree, FailureReason.NameConstraintViolation),
        WeReject(Severities.MalformedName, FailureReason.NameConstraintViolation),
        WeReject(Severities.ExcludedSubdomains, FailureReason.NameConstraintViolation),
        WeReject(Severities.WildcardBesideExcludedHost, FailureReason.NameConstraintViolation),
    ];
}
