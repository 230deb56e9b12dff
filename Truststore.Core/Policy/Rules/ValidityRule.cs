using System.Globalization;

namespace Truststore.Policy.Rules;

/// <summary>A certificate is valid from notBefore through notAfter, both inclusive (RFC 5280 §4.1.2.5). Anchors too.</summary>
internal sealed class ValidityRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (context.Time < certificate.NotBefore)
        {
            return new VerificationFailure(FailureReason.NotYetValid, $"the certificate is not valid before {Format(certificate.NotBefore)}; the time is {Format(context.Time)}.");
        }

        return context.Time > certificate.NotAfter
            ? new VerificationFailure(FailureReason.Expired, $"the certificate expired on {Format(certificate.NotAfter)}; the time is {Format(context.Time)}.")
            : null;
    }

    private static string Format(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
