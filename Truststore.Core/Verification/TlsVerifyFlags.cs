using System.Diagnostics.CodeAnalysis;

namespace Truststore;

/// <summary>How strictly a peer chain is judged; mirrors Python's <c>ssl.VerifyFlags</c>, with the same values.</summary>
/// <remarks>What a platform cannot do throws <see cref="PlatformNotSupportedException"/> when the context is first used; nothing is silently ignored.</remarks>
[Flags]
[SuppressMessage("Usage", "CA2217:Do not mark enums with FlagsAttribute", Justification = "The values are Python's.")]
[SuppressMessage("Design", "MA0062:Non-flags enums should not be marked with FlagsAttribute", Justification = "The values are Python's.")]
public enum TlsVerifyFlags
{
    /// <summary>No flag: the Compatible profile, no revocation list is required, only self-issued certificates are anchors. Python: <c>VERIFY_DEFAULT</c>.</summary>
    None = 0,

    /// <summary>
    /// The end-entity certificate, be it a trust anchor, must be covered by valid CRLs for every reason of revocation (RFC 5280 §6.3.3)
    /// and must not be listed on one. Python: <c>VERIFY_CRL_CHECK_LEAF</c>.
    /// </summary>
    CrlCheckLeaf = 0x4,

    /// <summary>
    /// As <see cref="CrlCheckLeaf"/>, which it contains, for every certificate of the path but an anchor above the end-entity
    /// certificate. Python: <c>VERIFY_CRL_CHECK_CHAIN</c>.
    /// </summary>
    CrlCheckChain = 0xC,

    /// <summary>The Strict profile: the whole RFC 5280 and CA/Browser Forum profile instead of what protects people. Python: <c>VERIFY_X509_STRICT</c>.</summary>
    X509Strict = 0x20,

    /// <summary>Proxy certificates (RFC 3820) are accepted. Not supported on any platform. Python: <c>VERIFY_ALLOW_PROXY_CERTS</c>.</summary>
    AllowProxyCertificates = 0x40,

    /// <summary>Trust anchors are preferred to certificates that the peer sent. Always so here; kept for the mirror. Python: <c>VERIFY_X509_TRUSTED_FIRST</c>.</summary>
    X509TrustedFirst = 0x8000,

    /// <summary>An added intermediate or end-entity certificate is a trust anchor too, not only a self-issued one. Python: <c>VERIFY_X509_PARTIAL_CHAIN</c>.</summary>
    X509PartialChain = 0x80000,
}
