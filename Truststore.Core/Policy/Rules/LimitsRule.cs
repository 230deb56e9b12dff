namespace Truststore.Policy.Rules;

/// <summary>A certificate holds no more names than <see cref="VerificationLimits.MaxNames"/>.</summary>
internal sealed class LimitsRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var limit = context.Request.Limits.MaxNames;
        return certificate.SubjectAlternativeNames.Count > limit
            ? new VerificationFailure(FailureReason.TooManyNames, $"the certificate has {certificate.SubjectAlternativeNames.Count} alternative names; the limit is {limit} (VerificationLimits.MaxNames).")
            : null;
    }
}
