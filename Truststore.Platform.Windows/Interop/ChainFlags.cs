namespace Truststore.Platform.Windows.Interop;

/// <summary>Flags of CertGetCertificateChain (wincrypt.h).</summary>
internal static class ChainFlags
{
    /// <summary>CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL: nothing is fetched to build the chain.</summary>
    internal const uint CacheOnlyUrlRetrieval = 0x4;

    /// <summary>CERT_CHAIN_DISABLE_AIA: not even the cache of fetched issuers is asked to go to the network.</summary>
    internal const uint DisableAia = 0x2000;

    /// <summary>CERT_CHAIN_REVOCATION_CHECK_END_CERT.</summary>
    internal const uint RevocationCheckEndCertificate = 0x10000000;

    /// <summary>CERT_CHAIN_REVOCATION_CHECK_CHAIN_EXCLUDE_ROOT.</summary>
    internal const uint RevocationCheckChainExcludeRoot = 0x40000000;

    /// <summary>CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY.</summary>
    internal const uint RevocationCheckCacheOnly = 0x80000000;

    /// <summary>The flags for a request.</summary>
    internal static uint Of(ChainVerificationRequest request)
    {
        var flags = request.AllowNetwork ? 0 : CacheOnlyUrlRetrieval | DisableAia;
        var revocation = request.HasFlag(TlsVerifyFlags.CrlCheckChain) ? RevocationCheckChainExcludeRoot
            : request.HasFlag(TlsVerifyFlags.CrlCheckLeaf) ? RevocationCheckEndCertificate
            : 0;
        return revocation == 0 || request.AllowNetwork ? flags | revocation : flags | revocation | RevocationCheckCacheOnly;
    }
}
