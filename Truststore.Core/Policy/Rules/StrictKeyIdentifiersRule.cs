using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Authority and subject key identifiers are there, not critical, and say no more than they should (RFC 5280 §4.2.1.1, §4.2.1.2; BR 7.1.2.1.3, 7.1.2.11.1).
/// </summary>
internal sealed class StrictKeyIdentifiersRule : ICertificateRule
{
    public bool IsAboutForm => true;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (certificate.FindExtension(ExtensionOids.AuthorityKeyIdentifier)?.IsCritical == true)
        {
            return StrictFailure.Of("the authority key identifier is critical (RFC 5280 §4.2.1.1).");
        }

        if (certificate.FindExtension(ExtensionOids.SubjectKeyIdentifier)?.IsCritical == true)
        {
            return StrictFailure.Of("the subject key identifier is critical (RFC 5280 §4.2.1.2).");
        }

        if (certificate.IsCertificateAuthority && certificate.SubjectKeyIdentifier is null or { IsEmpty: true })
        {
            return StrictFailure.Of("the CA certificate has no subject key identifier (RFC 5280 §4.2.1.2).");
        }

        var isRoot = role != CertificateRole.Intermediate && certificate.IsSelfIssued && context.IsSelfSigned(certificate);

        // The identifier leads to the issuer, which an anchor does not need.
        return context.IsAnchor(role) && !isRoot ? null : CheckAuthority(certificate, isRoot);
    }

    private static VerificationFailure? CheckAuthority(CertificateInfo certificate, bool isRoot)
    {
        if (certificate.AuthorityKeyIdentifier is not { } authority)
        {
            return isRoot ? null : StrictFailure.Of("the certificate has no authority key identifier (RFC 5280 §4.2.1.1).");
        }

        if (authority.KeyIdentifier.IsEmpty)
        {
            return StrictFailure.Of("the authority key identifier has no keyIdentifier (RFC 5280 §4.2.1.1).");
        }

        if (!isRoot)
        {
            return null;
        }

        if (authority.HasIssuer || authority.HasSerialNumber)
        {
            return StrictFailure.Of("the root's authority key identifier names an issuer or a serial number (CA/Browser Forum BR 7.1.2.1.3).");
        }

        return certificate.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(authority.KeyIdentifier.Span)
            ? null
            : StrictFailure.Of("the root's authority key identifier is not its subject key identifier (CA/Browser Forum BR 7.1.2.1.3).");
    }
}
