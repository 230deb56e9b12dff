namespace Truststore;

/// <summary>Why a peer chain was not trusted. The same reasons on every platform; native codes are mapped to them by the platform's verifier.</summary>
public enum FailureReason
{
    /// <summary>A reason that no other member names; the native code and text say more.</summary>
    Other = 0,

    /// <summary>The peer sent no certificate.</summary>
    EmptyChain,

    /// <summary>A certificate is not a DER-encoded X.509 certificate (RFC 5280 §4.1).</summary>
    MalformedCertificate,

    /// <summary>An extension that the decision depends on cannot be decoded (RFC 5280 §4.2).</summary>
    MalformedExtension,

    /// <summary>Names are to be checked and there is no name to check against (a client without a target host).</summary>
    MissingReferenceIdentifier,

    /// <summary>The certificate is valid, but for other names (RFC 9525 §6).</summary>
    HostnameMismatch,

    /// <summary>A certificate's notAfter has passed (RFC 5280 §4.1.2.5).</summary>
    Expired,

    /// <summary>A certificate's notBefore is still to come (RFC 5280 §4.1.2.5).</summary>
    NotYetValid,

    /// <summary>The peer's end-entity certificate is self-signed and not a trust anchor.</summary>
    SelfSigned,

    /// <summary>The path ends at a self-issued root certificate that is not a trust anchor.</summary>
    UntrustedRoot,

    /// <summary>The issuer of the last certificate is neither among what the peer sent nor a trust anchor: usually an intermediate that the server forgot to send, or an unknown CA.</summary>
    IssuerNotFound,

    /// <summary>A trust anchor is explicitly distrusted, or not trusted for this purpose.</summary>
    Distrusted,

    /// <summary>A signature does not verify under the issuer's key.</summary>
    InvalidSignature,

    /// <summary>A signature algorithm is unknown to this runtime or does not fit the issuer's key.</summary>
    UnsupportedSignatureAlgorithm,

    /// <summary>A signature uses a broken digest (MD2, MD4, MD5, SHA-1).</summary>
    WeakSignatureAlgorithm,

    /// <summary>A key is too short, or of a kind or curve that is not acceptable.</summary>
    WeakKey,

    /// <summary>A certificate was issued by one that is not a certification authority (RFC 5280 §4.2.1.9).</summary>
    NotACertificationAuthority,

    /// <summary>More certificates follow a CA than its pathLenConstraint allows (RFC 5280 §4.2.1.9).</summary>
    PathLengthExceeded,

    /// <summary>A key usage extension does not allow what the key was used for (RFC 5280 §4.2.1.3).</summary>
    InvalidKeyUsage,

    /// <summary>An extended key usage extension does not allow the peer's purpose (RFC 5280 §4.2.1.12).</summary>
    InvalidExtendedKeyUsage,

    /// <summary>A critical extension is unknown (RFC 5280 §4.2).</summary>
    UnknownCriticalExtension,

    /// <summary>A name lies outside what a CA may issue for, or a CA's name constraints are malformed (RFC 5280 §4.2.1.10).</summary>
    NameConstraintViolation,

    /// <summary>Certificate policies do not satisfy a CA's policy constraints (RFC 5280 §6.1).</summary>
    PolicyViolation,

    /// <summary>A certificate is revoked.</summary>
    Revoked,

    /// <summary>Revocation was to be checked and there is no valid information.</summary>
    RevocationStatusUnknown,

    /// <summary>A certificate breaks a rule of the Strict profile.</summary>
    NonConformingCertificate,

    /// <summary>The peer sent more certificates than <see cref="VerificationLimits.MaxPeerCertificates"/>.</summary>
    TooManyCertificates,

    /// <summary>A certificate is larger than <see cref="VerificationLimits.MaxCertificateSize"/>.</summary>
    CertificateTooLarge,

    /// <summary>All certificates that the peer sent are together larger than <see cref="VerificationLimits.MaxPeerChainSize"/>.</summary>
    ChainTooLarge,

    /// <summary>The peer sent more before the end of the handshake than <see cref="VerificationLimits.MaxHandshakeSize"/>.</summary>
    HandshakeTooLarge,

    /// <summary>A certificate holds more names than <see cref="VerificationLimits.MaxNames"/>.</summary>
    TooManyNames,

    /// <summary>The path is longer than <see cref="VerificationLimits.MaxIntermediates"/>.</summary>
    PathTooLong,

    /// <summary>Path building gave up at <see cref="VerificationLimits.MaxCandidates"/>.</summary>
    CandidateBudgetExceeded,

    /// <summary>The verification gave up at <see cref="VerificationLimits.MaxSignatureChecks"/>.</summary>
    SignatureBudgetExceeded,

    /// <summary>The verification gave up at <see cref="VerificationLimits.MaxNameConstraintComparisons"/>.</summary>
    NameConstraintBudgetExceeded,

    /// <summary>The verification gave up at <see cref="VerificationLimits.MaxPolicies"/>.</summary>
    PolicyBudgetExceeded,
}
