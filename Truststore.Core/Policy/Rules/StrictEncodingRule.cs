namespace Truststore.Policy.Rules;

/// <summary>
/// The certificate's outer form: version 3 (BR 7.1.1), a positive serial number of at most 20 octets (RFC 5280 §4.1.2.2), dates in the type that their year asks for (§4.1.2.5), no unique
/// identifiers (§4.1.2.8), no default value written out (X.690 §11.5). An anchor is a key and a name, whatever wraps them: its serial number and dates are not minded.
/// </summary>
internal sealed class StrictEncodingRule : ICertificateRule
{
    private const int MaxSerialNumberOctets = 20;

    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (certificate.Version != 3)
        {
            return StrictFailure.Of($"the certificate is of version {certificate.Version}, not 3 (CA/Browser Forum BR 7.1.1).");
        }

        var serialNumber = certificate.SerialNumberBytes.Span;
        if (role != CertificateRole.Anchor)
        {
            if ((serialNumber[0] & 0x80) != 0 || !serialNumber.ContainsAnyExcept((byte)0) || serialNumber.TrimStart((byte)0).Length > MaxSerialNumberOctets)
            {
                return StrictFailure.Of("the serial number is not a positive number of at most 20 octets (RFC 5280 §4.1.2.2).");
            }

            if (!certificate.Envelope.HasConformingDates)
            {
                return StrictFailure.Of("a date through 2049 is no UTCTime, or a later one no GeneralizedTime (RFC 5280 §4.1.2.5).");
            }
        }

        if (certificate.Envelope.HasUniqueIdentifiers)
        {
            return StrictFailure.Of("the certificate has unique identifiers (RFC 5280 §4.1.2.8).");
        }

        return certificate.Extensions.Any(e => e.HasEncodedDefault) ? StrictFailure.Of("an extension's criticality writes out the default FALSE (X.690 §11.5).") : null;
    }
}
