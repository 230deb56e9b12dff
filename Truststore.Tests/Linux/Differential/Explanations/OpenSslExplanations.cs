using static Truststore.Tests.Linux.Differential.Explanation;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Where OpenSSL 3.0 answers differently. Codes are those of X509_V_ERR.</summary>
internal static class OpenSslExplanations
{
    internal static IReadOnlyList<Explanation> All { get; } =
    [
        WeAccept(Leniencies.LastSecond, "10"),
        WeAccept(Leniencies.CriticalInformation, "34"),
        WeAccept(Leniencies.AnyExtendedKeyUsage, "26"),
        WeAccept(Leniencies.NetscapeCertificateType, "26"),
        WeAccept(Leniencies.AuthorityAsEndEntity, "26"),
        WeAccept(Leniencies.OtherAuthority, "2", "20"),
        WeAccept(Leniencies.AnchorNotSelfSigned, "2", "20"),
        WeAccept(Leniencies.SelfIssued, "18", "19"),
        WeAccept(Leniencies.OtherIssuerFirst, Objection.PathNotFound),
        WeAccept(Leniencies.IndistinctIssuers, "7"),
        WeAccept(Leniencies.UndecodableDistributionPoints, "2", "20"),
        WeAccept(Leniencies.IssuerOutsideStore, "2", Objection.PathNotFound),
        WeAccept(Leniencies.EmailInSubject, "47", "48"),
        WeAccept(Leniencies.CommonNameConstrained, "47", "48"),
        WeAccept(Leniencies.UnderscoreUnderWildcard, "62"),

        WeReject(Severities.WeakKeyAtLevelZero, FailureReason.WeakKey),
        WeReject(Severities.Sha1AtLevelZero, FailureReason.WeakSignatureAlgorithm),
        WeReject(Severities.PartialWildcard, FailureReason.HostnameMismatch),
        WeReject(Severities.CommonNameAsHost, FailureReason.HostnameMismatch),
        WeReject(Severities.HyphenAtEdge, FailureReason.HostnameMismatch),
        WeReject(Severities.ServerGated, FailureReason.InvalidExtendedKeyUsage),
        WeReject(Severities.AnchorWithTrustedUsage, FailureReason.InvalidExtendedKeyUsage, FailureReason.InvalidKeyUsage),
        WeReject(Severities.TrustedIntermediate),
        WeReject(Severities.RejectedBelowAnchor, FailureReason.Distrusted),
        WeReject(Severities.UnreadableAnchor, FailureReason.MalformedExtension, FailureReason.InvalidKeyUsage, FailureReason.InvalidExtendedKeyUsage),
        WeReject(Severities.UnknownCriticalExtension, FailureReason.UnknownCriticalExtension),
        WeReject(Severities.PoliciesNotAskedFor, FailureReason.PolicyViolation),
        WeReject(Severities.MappedAnyPolicy, FailureReason.PolicyViolation),
        WeReject(Severities.UndecodablePoliciesNotAskedFor, FailureReason.MalformedExtension),
        WeReject(Severities.UndecodablePoliciesNotUsed, FailureReason.MalformedExtension),
        WeReject(Severities.EmptyDistributionPoints, FailureReason.MalformedExtension),
        WeReject(Severities.EmptyNames, FailureReason.MalformedExtension),
        WeReject(Severities.BoundedSubtree, FailureReason.MalformedExtension),
        WeReject(Severities.RepeatedExtension, FailureReason.MalformedExtension),
        WeReject(Severities.TrailingBytesInExtension, FailureReason.MalformedExtension),
        WeReject(Severities.TrailingBytesInNames, FailureReason.HostnameMismatch),
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
