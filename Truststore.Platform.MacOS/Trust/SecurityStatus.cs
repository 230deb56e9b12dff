using System.Collections.Frozen;

namespace Truststore.Platform.MacOS.Trust;

/// <summary>
/// What the codes of Security.framework mean. SecTrustEvaluateWithError gives those that SecPolicyChecks.list (OSX/sec/Security, last column) names for the checks that failed;
/// of several the one whose kind SecTrust.c:1095 ranks first. The numbers are those of SecBase.h:326-715.
/// </summary>
internal static class SecurityStatus
{
    /// <summary>errSecNoTrustSettings: a domain, or a certificate in it, has no trust settings.</summary>
    internal const int NoTrustSettings = -25263;

    /// <summary>errSecItemNotFound: a certificate has no trust settings in a domain (SecTrustSettings.h:243).</summary>
    internal const int ItemNotFound = -25300;

    /// <summary>errSecHostNameMismatch.</summary>
    internal const int HostNameMismatch = -67602;

    private static readonly FrozenDictionary<int, FailureReason> s_reasons = new Dictionary<int, FailureReason>
    {
        [HostNameMismatch] = FailureReason.HostnameMismatch,

        [-67818] = FailureReason.Expired, // errSecCertificateExpired: TemporalValidity, which is notBefore too
        [-67819] = FailureReason.NotYetValid, // errSecCertificateNotValidYet

        [-67843] = FailureReason.UntrustedRoot, // errSecNotTrusted: AnchorTrusted
        [-25318] = FailureReason.IssuerNotFound, // errSecCreateChainFailed: MissingIntermediate
        [-67654] = FailureReason.Distrusted, // errSecTrustSettingDeny: UsageConstraints
        [-67612] = FailureReason.Distrusted, // errSecInvalidRoot: AnchorSHA256, AnchorApple, PinningRequired
        [-26267] = FailureReason.InvalidSignature, // errSecNotSigner
        [-67688] = FailureReason.InvalidSignature, // errSecInvalidSignature

        [-67735] = FailureReason.WeakKey, // errSecUnsupportedKeySize: WeakKeySize, KeySize, SystemTrustedWeakKey
        [-67815] = FailureReason.WeakSignatureAlgorithm, // errSecInvalidDigestAlgorithm: WeakSignature, SignatureHashAlgorithms, SystemTrustedWeakHash

        [-67608] = FailureReason.InvalidKeyUsage, // errSecInvalidKeyUsageForPolicy
        [-67609] = FailureReason.InvalidExtendedKeyUsage, // errSecInvalidExtendedKeyUsage: ExtendedKeyUsage, ServerAuthEKU

        [-67604] = FailureReason.NotACertificationAuthority, // errSecNoBasicConstraints
        [-67605] = FailureReason.NotACertificationAuthority, // errSecNoBasicConstraintsCA
        [-67826] = FailureReason.NotACertificationAuthority, // errSecInvalidCertAuthority
        [-67611] = FailureReason.PathLengthExceeded, // errSecPathLengthConstraintExceeded: BasicConstraintsPathLen, ChainLength

        [-67689] = FailureReason.NameConstraintViolation, // errSecInvalidName: NameConstraints
        [-67900] = FailureReason.NameConstraintViolation, // errSecCertificateNameNotAllowed: IssuerNameConstraints
        [-67835] = FailureReason.PolicyViolation, // errSecInvalidPolicyIdentifiers: CertificatePolicy, PolicyConstraints
        [-67899] = FailureReason.PolicyViolation, // errSecCertificatePolicyNotAllowed: IssuerPolicyConstraints

        [-67603] = FailureReason.UnknownCriticalExtension, // errSecUnknownCriticalExtensionFlag
        [-67618] = FailureReason.MalformedExtension, // errSecUnknownCertExtension: UnparseableExtension
        [-67903] = FailureReason.MalformedCertificate, // errSecCertificateDuplicateExtension
        [-25257] = FailureReason.MalformedCertificate, // errSecUnknownFormat
        [-26275] = FailureReason.MalformedCertificate, // errSecDecode

        [-67820] = FailureReason.Revoked, // errSecCertificateRevoked: Revocation, BlackListedLeaf, BlackListedKey
        [-67821] = FailureReason.Revoked, // errSecCertificateSuspended
        [-67635] = FailureReason.RevocationStatusUnknown, // errSecIncompleteCertRevocationCheck: RevocationResponseRequired
        [-67613] = FailureReason.RevocationStatusUnknown, // errSecCRLExpired
        [-67614] = FailureReason.RevocationStatusUnknown, // errSecCRLNotValidYet
        [-67615] = FailureReason.RevocationStatusUnknown, // errSecCRLNotFound
        [-67616] = FailureReason.RevocationStatusUnknown, // errSecCRLServerDown
        [-67617] = FailureReason.RevocationStatusUnknown, // errSecCRLBadURI
        [-67620] = FailureReason.RevocationStatusUnknown, // errSecCRLNotTrusted
        [-67621] = FailureReason.RevocationStatusUnknown, // errSecCRLPolicyFailed
        [-67630] = FailureReason.RevocationStatusUnknown, // errSecOCSPBadResponse
        [-67631] = FailureReason.RevocationStatusUnknown, // errSecOCSPBadRequest
        [-67632] = FailureReason.RevocationStatusUnknown, // errSecOCSPUnavailable
        [-67633] = FailureReason.RevocationStatusUnknown, // errSecOCSPStatusUnrecognized
        [-67637] = FailureReason.RevocationStatusUnknown, // errSecOCSPNotTrustedToAnchor
        [-67639] = FailureReason.RevocationStatusUnknown, // errSecOCSPSignatureError
        [-67640] = FailureReason.RevocationStatusUnknown, // errSecOCSPNoSigner
        [-67641] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponderMalformedReq
        [-67642] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponderInternalError
        [-67643] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponderTryLater
        [-67644] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponderSignatureRequired
        [-67645] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponderUnauthorized
        [-67646] = FailureReason.RevocationStatusUnknown, // errSecOCSPResponseNonceMismatch
    }.ToFrozenDictionary();

    /// <summary>The codes that have a reason of their own.</summary>
    internal static IReadOnlyDictionary<int, FailureReason> Reasons => s_reasons;

    /// <summary>The reason for a code; <see cref="FailureReason.Other"/> for one that is not in the table.</summary>
    /// <param name="code">The CFError's code in its OSStatus domain, or an OSStatus.</param>
    internal static FailureReason ReasonOf(int? code) => code is { } known ? s_reasons.GetValueOrDefault(known) : FailureReason.Other;
}
