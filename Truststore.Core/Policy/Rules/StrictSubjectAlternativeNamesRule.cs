namespace Truststore.Policy.Rules;

/// <summary>A server's certificate has alternative names, and those that are hosts are hosts: DNS names in preferred name syntax with a wildcard as a whole left-most label at most, addresses of 4 or 16 octets (RFC 5280 §4.2.1.6, BR 7.1.2.7.12).</summary>
internal sealed class StrictSubjectAlternativeNamesRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role != CertificateRole.EndEntity)
        {
            return null;
        }

        if (certificate.SubjectAlternativeNames.Count == 0)
        {
            return StrictFailure.Of("the end-entity certificate has no alternative names (CA/Browser Forum BR 7.1.2.7.12).");
        }

        foreach (var name in certificate.SubjectAlternativeNames)
        {
            if (!IsConforming(name))
            {
                return StrictFailure.Of($"the alternative name {SafeText.ShowName(name)} is malformed (RFC 5280 §4.2.1.6).");
            }
        }

        return null;
    }

    private static bool IsConforming(GeneralName name) => name.Kind switch
    {
        GeneralNameKind.DnsName => DnsName.IsValid(name.RawValue.Span, allowWildcard: true, allowUnderscore: false),
        GeneralNameKind.Rfc822Name => Mailbox.TryRead(name.RawValue.Span, allowUnderscore: false, out _),
        GeneralNameKind.IPAddress => name.RawValue.Length is 4 or 16,
        _ => true,
    };
}
