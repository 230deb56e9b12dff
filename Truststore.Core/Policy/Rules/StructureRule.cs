namespace Truststore.Policy.Rules;

/// <summary>
/// A certificate is what RFC 5280 §4.1 says in what the decision depends on: the two signature algorithms agree (§4.1.1.2), the issuer and every CA has a name (§4.1.2.4, §4.1.2.6),
/// the extensions that matter can be decoded and none is there twice (§4.2).
/// </summary>
internal sealed class StructureRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var envelope = certificate.Envelope;
        if (!envelope.InnerSignatureAlgorithm.Span.SequenceEqual(envelope.OuterSignatureAlgorithm.Span))
        {
            return Malformed("the signature algorithm inside the certificate is not the one beside its signature (RFC 5280 §4.1.1.2).");
        }

        if (certificate.Issuer.IsEmpty)
        {
            return Malformed("the issuer has no name (RFC 5280 §4.1.2.4).");
        }

        if (role != CertificateRole.EndEntity && certificate.Subject.IsEmpty)
        {
            return Malformed("the CA has no name (RFC 5280 §4.1.2.6).");
        }

        // Where to fetch things and unconstrained policies say nothing about trust, so what is wrong with those is not among these; the Strict profile minds all the same.
        foreach (var (oid, error) in certificate.Decoded.Errors)
        {
            return new VerificationFailure(FailureReason.MalformedExtension, $"the extension {oid} cannot be decoded: {error}.");
        }

        return FindRepeatedExtension(certificate.Extensions);
    }

    private static VerificationFailure? FindRepeatedExtension(IReadOnlyList<CertificateExtension> extensions)
    {
        for (var i = 1; i < extensions.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (string.Equals(extensions[i].Oid, extensions[j].Oid, StringComparison.Ordinal))
                {
                    return new VerificationFailure(FailureReason.MalformedExtension, $"the extension {extensions[i].Oid} is present twice (RFC 5280 §4.2).");
                }
            }
        }

        return null;
    }

    private static VerificationFailure Malformed(string message) => new(FailureReason.MalformedCertificate, message);
}
