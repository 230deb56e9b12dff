namespace Truststore.Policy.Rules;

/// <summary>A server certificate's common name, where there is one, is a copy of one of its alternative names (BR 7.1.4.3): character for character, addresses in the form of RFC 3986 and RFC 5952.</summary>
internal sealed class StrictCommonNameRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (role != CertificateRole.EndEntity || context.Request.Purpose != PeerPurpose.ServerAuthentication)
        {
            return null;
        }

        foreach (var commonName in certificate.Subject.CommonNames)
        {
            if (!certificate.SubjectAlternativeNames.Any(n => n.Kind is GeneralNameKind.DnsName or GeneralNameKind.IPAddress && string.Equals(n.Value, commonName, StringComparison.Ordinal)))
            {
                return StrictFailure.Of($"the common name {ReferenceIdentifier.Printable(commonName)} is not a copy of one of the alternative names (CA/Browser Forum BR 7.1.4.3).");
            }
        }

        return null;
    }
}
