namespace Truststore.Policy;

/// <summary>Something that one certificate must fulfil in its role, whatever path it stands in. A pure function of its arguments.</summary>
internal interface ICertificateRule
{
    /// <returns>What is wrong, or null.</returns>
    VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context);
}
