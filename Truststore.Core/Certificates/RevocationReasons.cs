namespace Truststore.Certificates;

/// <summary>ReasonFlags (RFC 5280 §4.2.1.13): bit n of the enumeration is bit n of the BIT STRING. Bit 0 is unused.</summary>
[Flags]
internal enum RevocationReasons
{
    None = 0,
    KeyCompromise = 1 << 1,
    AuthorityCompromise = 1 << 2,
    AffiliationChanged = 1 << 3,
    Superseded = 1 << 4,
    CessationOfOperation = 1 << 5,
    CertificateHold = 1 << 6,
    PrivilegeWithdrawn = 1 << 7,
    AttributeAuthorityCompromise = 1 << 8,

    /// <summary>The special value all-reasons of RFC 5280 §6.3.2.</summary>
    All = KeyCompromise | AuthorityCompromise | AffiliationChanged | Superseded | CessationOfOperation | CertificateHold
        | PrivilegeWithdrawn | AttributeAuthorityCompromise,
}
