namespace Truststore.Policy.Rules;

/// <summary>The end-entity certificate is for the name that was asked for (RFC 9525 §6). No name while names are checked is a failure, never a pass.</summary>
internal sealed class HostnameRule : ICertificateRule
{
    private const int MaxNamesShown = 10;
    private const int MaxShownLength = 600;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var request = context.Request;
        if (role != CertificateRole.EndEntity || !request.CheckHostname)
        {
            return null;
        }

        if (request.ReferenceIdentifier is not { } reference)
        {
            return new VerificationFailure(
                FailureReason.MissingReferenceIdentifier,
                request.ReferenceIdentifierError is { } error
                    ? $"names are checked, and the connection's target host cannot be compared with a certificate: {error}"
                    : "names are checked, and there is no host to check the certificate against.");
        }

        return HostnameMatcher.Matches(certificate, reference, request.HostnameChecksCommonName)
            ? null
            : new VerificationFailure(FailureReason.HostnameMismatch, $"the certificate is valid for {Describe(certificate)}, not for {SafeText.ShowName(reference)}.");
    }

    private static string Describe(CertificateInfo certificate)
    {
        var names = certificate.SubjectAlternativeNames;
        if (names.Count == 0)
        {
            var commonName = certificate.Subject.CommonNames.FirstOrDefault();
            return commonName is null ? "no name at all" : $"no name (a common name, {SafeText.ShowName(commonName)}, does not count: RFC 9525 §2)";
        }

        var shown = SafeText.Show(string.Join(", ", names.Take(MaxNamesShown).Select(n => n.Kind is GeneralNameKind.DnsName or GeneralNameKind.IPAddress ? n.Value : n.ToString())), MaxShownLength);
        return names.Count > MaxNamesShown ? $"{shown} and {names.Count - MaxNamesShown} more names" : shown;
    }
}
