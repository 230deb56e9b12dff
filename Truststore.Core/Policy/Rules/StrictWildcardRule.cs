namespace Truststore.Policy.Rules;

/// <summary>A wildcard under which anybody can register proves nothing about the peer (BR 3.2.2.6): another alternative name must match. Registries themselves have such wildcards beside their own names.</summary>
internal sealed class StrictWildcardRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role != CertificateRole.EndEntity || context.Request is not { CheckHostname: true, ReferenceIdentifier: { Kind: ReferenceIdentifierKind.DnsName } reference })
        {
            return null;
        }

        GeneralName? spanning = null;
        foreach (var name in certificate.SubjectAlternativeNames)
        {
            if (name.Kind != GeneralNameKind.DnsName || !HostnameMatcher.MatchesDnsName(name.RawValue.Span, reference.Value))
            {
                continue;
            }

            if (!name.RawValue.Span.StartsWith("*."u8) || !context.PublicSuffixes.IsPublicSuffix(name.Value[2..]))
            {
                return null;
            }

            spanning = name;
        }

        return spanning is null ? null : StrictFailure.Of($"{reference.Value} is matched only by {SafeText.ShowName(spanning)}, which spans a public suffix (CA/Browser Forum BR 3.2.2.6).");
    }
}
