using System.Collections.Frozen;

namespace Truststore.Platform.Windows.Trust;

/// <summary>What the codes of CryptoAPI mean: the bits of CERT_TRUST_STATUS.dwErrorStatus (wincrypt.h) and the HRESULTs of policies (winerror.h). The one place that knows.</summary>
internal static class StatusMapping
{
    internal const uint InvalidSignature = 0x8;
    internal const uint Revoked = 0x4;
    internal const uint UntrustedRoot = 0x20;
    internal const uint RevocationUnknown = 0x40;
    internal const uint Cyclic = 0x80;
    internal const uint PartialChain = 0x10000;
    internal const uint RevocationOffline = 0x1000000;
    internal const uint ExplicitDistrust = 0x4000000;

    /// <summary>CERT_E_UNTRUSTEDROOT.</summary>
    internal const int UntrustedRootCode = unchecked((int)0x800B0109);

    /// <summary>CERT_E_CHAINING.</summary>
    internal const int ChainingCode = unchecked((int)0x800B010A);

    private static readonly FrozenDictionary<int, FailureReason> s_reasons = new Dictionary<uint, FailureReason>
    {
        [0x800B0101] = FailureReason.Expired, // CERT_E_EXPIRED, which is notBefore too
        [0x800B0103] = FailureReason.NotACertificationAuthority, // CERT_E_ROLE
        [0x800B0104] = FailureReason.PathLengthExceeded, // CERT_E_PATHLENCONST
        [0x800B0105] = FailureReason.UnknownCriticalExtension, // CERT_E_CRITICAL
        [0x800B0106] = FailureReason.InvalidExtendedKeyUsage, // CERT_E_PURPOSE
        [0x800B0107] = FailureReason.IssuerNotFound, // CERT_E_ISSUERCHAINING
        [0x800B0108] = FailureReason.MalformedCertificate, // CERT_E_MALFORMED
        [0x800B0109] = FailureReason.UntrustedRoot, // CERT_E_UNTRUSTEDROOT
        [0x800B010A] = FailureReason.IssuerNotFound, // CERT_E_CHAINING
        [0x800B010C] = FailureReason.Revoked, // CERT_E_REVOKED
        [0x800B010D] = FailureReason.UntrustedRoot, // CERT_E_UNTRUSTEDTESTROOT
        [0x800B010E] = FailureReason.RevocationStatusUnknown, // CERT_E_REVOCATION_FAILURE
        [0x800B010F] = FailureReason.HostnameMismatch, // CERT_E_CN_NO_MATCH
        [0x800B0110] = FailureReason.InvalidExtendedKeyUsage, // CERT_E_WRONG_USAGE
        [0x800B0111] = FailureReason.Distrusted, // TRUST_E_EXPLICIT_DISTRUST
        [0x800B0112] = FailureReason.UntrustedRoot, // CERT_E_UNTRUSTEDCA
        [0x800B0113] = FailureReason.PolicyViolation, // CERT_E_INVALID_POLICY
        [0x800B0114] = FailureReason.NameConstraintViolation, // CERT_E_INVALID_NAME
        [0x80096004] = FailureReason.InvalidSignature, // TRUST_E_CERT_SIGNATURE
        [0x80096019] = FailureReason.NotACertificationAuthority, // TRUST_E_BASIC_CONSTRAINTS
        [0x80092010] = FailureReason.Revoked, // CRYPT_E_REVOKED
        [0x80092011] = FailureReason.RevocationStatusUnknown, // CRYPT_E_NO_REVOCATION_DLL
        [0x80092012] = FailureReason.RevocationStatusUnknown, // CRYPT_E_NO_REVOCATION_CHECK
        [0x80092013] = FailureReason.RevocationStatusUnknown, // CRYPT_E_REVOCATION_OFFLINE
        [0x80092014] = FailureReason.RevocationStatusUnknown, // CRYPT_E_NOT_IN_REVOCATION_DATABASE
        [0x80090008] = FailureReason.UnsupportedSignatureAlgorithm, // NTE_BAD_ALGID
        [0x80092002] = FailureReason.MalformedCertificate, // CRYPT_E_BAD_ENCODE
    }.ToFrozenDictionary(pair => unchecked((int)pair.Key), pair => pair.Value);

    /// <summary>The bits that have a reason of their own, the gravest first.</summary>
    internal static IReadOnlyList<TrustStatusMeaning> Bits { get; } =
    [
        Bit(InvalidSignature, FailureReason.InvalidSignature, 0x80096004), // CERT_TRUST_IS_NOT_SIGNATURE_VALID
        Bit(ExplicitDistrust, FailureReason.Distrusted, 0x800B0111), // CERT_TRUST_IS_EXPLICIT_DISTRUST
        Bit(Revoked, FailureReason.Revoked, 0x80092010), // CERT_TRUST_IS_REVOKED
        Bit(UntrustedRoot, FailureReason.UntrustedRoot, 0x800B0109), // CERT_TRUST_IS_UNTRUSTED_ROOT
        Bit(PartialChain, FailureReason.IssuerNotFound, 0x800B010A), // CERT_TRUST_IS_PARTIAL_CHAIN
        Bit(Cyclic, FailureReason.IssuerNotFound, 0x800B010A), // CERT_TRUST_IS_CYCLIC
        Bit(0x400, FailureReason.NotACertificationAuthority, 0x80096019), // CERT_TRUST_INVALID_BASIC_CONSTRAINTS, of path lengths too
        Bit(0x1, FailureReason.Expired, 0x800B0101), // CERT_TRUST_IS_NOT_TIME_VALID, of notBefore too
        Bit(0x10, FailureReason.InvalidExtendedKeyUsage, 0x800B0110), // CERT_TRUST_IS_NOT_VALID_FOR_USAGE, of key usages too
        Bit(0x8000, FailureReason.NameConstraintViolation, 0x800B0114), // CERT_TRUST_HAS_EXCLUDED_NAME_CONSTRAINT
        Bit(0x4000, FailureReason.NameConstraintViolation, 0x800B0114), // CERT_TRUST_HAS_NOT_PERMITTED_NAME_CONSTRAINT
        Bit(0x2000, FailureReason.NameConstraintViolation, 0x800B0114), // CERT_TRUST_HAS_NOT_DEFINED_NAME_CONSTRAINT
        Bit(0x1000, FailureReason.NameConstraintViolation, 0x800B0114), // CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT
        Bit(0x800, FailureReason.NameConstraintViolation, 0x800B0114), // CERT_TRUST_INVALID_NAME_CONSTRAINTS
        Bit(0x8000000, FailureReason.UnknownCriticalExtension, 0x800B0105), // CERT_TRUST_HAS_NOT_SUPPORTED_CRITICAL_EXT
        Bit(0x100, FailureReason.MalformedExtension, 0x800B0105), // CERT_TRUST_INVALID_EXTENSION
        Bit(0x200, FailureReason.PolicyViolation, 0x800B0113), // CERT_TRUST_INVALID_POLICY_CONSTRAINTS
        Bit(0x2000000, FailureReason.PolicyViolation, 0x800B0113), // CERT_TRUST_NO_ISSUANCE_CHAIN_POLICY
        Bit(0x100000, FailureReason.WeakSignatureAlgorithm, 0x80096004), // CERT_TRUST_HAS_WEAK_SIGNATURE
        Bit(0x200000, FailureReason.WeakSignatureAlgorithm, 0x80096004), // CERT_TRUST_HAS_WEAK_HYGIENE
        Bit(RevocationUnknown, FailureReason.RevocationStatusUnknown, 0x80092012), // CERT_TRUST_REVOCATION_STATUS_UNKNOWN
        Bit(RevocationOffline, FailureReason.RevocationStatusUnknown, 0x80092013), // CERT_TRUST_IS_OFFLINE_REVOCATION
    ];

    /// <summary>The HRESULTs that have a reason of their own, besides those of ASN.1.</summary>
    internal static IReadOnlyDictionary<int, FailureReason> Codes => s_reasons;

    /// <summary>The reason for an HRESULT; <see cref="FailureReason.Other"/> for one that is not in the table.</summary>
    internal static FailureReason ReasonOf(int code) =>
        s_reasons.TryGetValue(code, out var reason) ? reason
        : unchecked((uint)code) is >= 0x80093100 and <= 0x800931FF ? FailureReason.MalformedCertificate // CRYPT_E_ASN1_ERROR and what follows it
        : FailureReason.Other;

    private static TrustStatusMeaning Bit(uint bit, FailureReason reason, uint code) => new(bit, reason, unchecked((int)code));
}
