namespace Truststore;

/// <summary>What to do about a failure, a sentence or two for each reason.</summary>
public static class FailureAdvice
{
    /// <summary>The advice for a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>One or two sentences.</returns>
    public static string For(VerificationFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);

        // Where the peer sent the intermediates, it is the root that nobody knows.
        return failure is { Reason: FailureReason.IssuerNotFound, CertificateIndex: > 0 } ? For(FailureReason.UntrustedRoot) : For(failure.Reason);
    }

    /// <summary>The advice for a reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>One or two sentences.</returns>
    public static string For(FailureReason reason) => reason switch
    {
        FailureReason.EmptyChain => "The server must be configured with a certificate.",
        FailureReason.MissingReferenceIdentifier => "Pass the host to CreateOptions, or set TargetHost; CheckHostname = false accepts a certificate for any name.",
        FailureReason.HostnameMismatch => "Connect by a name that the certificate has, or have a certificate issued for this one.",
        FailureReason.Expired => "The certificate must be renewed; if it was, check that the server sends the new one and that this machine's clock is right.",
        FailureReason.NotYetValid => "Check this machine's clock; if it is right, the certificate is used too early.",
        FailureReason.SelfSigned => "If you know this certificate, trust it by LoadVerifyLocations(caFile) with the certificate itself.",
        FailureReason.UntrustedRoot => "If you know this CA (a private one, or a TLS-inspecting proxy's), add its root by LoadVerifyLocations(caFile) or to the system's trust store.",
        FailureReason.IssuerNotFound => "Usually the server does not send its intermediate certificates: it must send the whole chain. If the issuer is a private CA, add it by LoadVerifyLocations(caFile).",
        FailureReason.Distrusted => "The trust store excludes this root on purpose; the server needs a certificate of another CA.",
        FailureReason.InvalidSignature => "The chain was damaged, or forged. Do not go on.",
        FailureReason.WeakKey or FailureReason.WeakSignatureAlgorithm or FailureReason.UnsupportedSignatureAlgorithm => "Have the certificate issued anew with a key and signature of today: RSA with 2048 bits or more, or ECDSA with P-256, and SHA-256.",
        FailureReason.InvalidExtendedKeyUsage or FailureReason.InvalidKeyUsage => "The certificate was issued for another purpose; the server needs one for TLS servers.",
        FailureReason.NotACertificationAuthority or FailureReason.PathLengthExceeded or FailureReason.NameConstraintViolation or FailureReason.PolicyViolation => "The issuing CA was not allowed to issue this certificate.",
        FailureReason.Revoked => "The certificate was withdrawn by its CA. Do not go on.",
        FailureReason.RevocationStatusUnknown => "Load a current CRL of this issuer by LoadVerifyLocations, or check revocation by other means and clear the CrlCheck flags.",
        FailureReason.NonConformingCertificate => "The Strict profile (TlsVerifyFlags.X509Strict) asks for it; without that flag the certificate is judged by what protects people.",
        FailureReason.MalformedCertificate or FailureReason.MalformedExtension or FailureReason.UnknownCriticalExtension => "Have the certificate issued anew by a conforming CA.",
        FailureReason.TooManyCertificates or FailureReason.CertificateTooLarge or FailureReason.ChainTooLarge or FailureReason.HandshakeTooLarge or FailureReason.TooManyNames or FailureReason.PathTooLong or FailureReason.CandidateBudgetExceeded or FailureReason.SignatureBudgetExceeded
            or FailureReason.NameConstraintBudgetExceeded or FailureReason.PolicyBudgetExceeded => "TlsContext.Limits sets the bounds; an honest chain stays far below them.",
        _ => "See the native code and text.",
    };
}
