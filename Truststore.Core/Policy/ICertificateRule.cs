namespace Truststore.Policy;

/// <summary>Something that one certificate must fulfil in its role, whatever path it stands in. A pure function of its arguments.</summary>
internal interface ICertificateRule
{
    /// <summary>
    /// Whether the rule is about a certificate's own form. The form of an anchor is not part of path validation (RFC 5280 §6.1): the
    /// baseline requirements (7.1.2.1) have rules for roots, which are self-issued, and for no other anchor.
    /// </summary>
    bool IsAboutForm => false;

    /// <returns>What is wrong, or null.</returns>
    VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context);
}
