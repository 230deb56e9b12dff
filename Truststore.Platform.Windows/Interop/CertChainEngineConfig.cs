using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_ENGINE_CONFIG as of Windows 8 (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainEngineConfig
{
    /// <summary>The size as of Windows 7, without <see cref="ExclusiveFlags"/>; newer systems accept it too.</summary>
    internal const uint Windows7Size = 80;

    /// <summary>The size as of Windows 8.</summary>
    internal const uint Windows8Size = 88;

    internal uint Size;
    internal nint RestrictedRoot;
    internal nint RestrictedTrust;
    internal nint RestrictedOther;
    internal uint AdditionalStoreCount;
    internal nint AdditionalStores;
    internal uint Flags;
    internal uint UrlRetrievalTimeout;
    internal uint MaximumCachedCertificates;
    internal uint CycleDetectionModulus;
    internal nint ExclusiveRoot;
    internal nint ExclusiveTrustedPeople;
    internal uint ExclusiveFlags;

    /// <summary>Trusts the certificates of one store, and no others.</summary>
    internal static CertChainEngineConfig Create(uint size, nint exclusiveRoot, uint exclusiveFlags) => new()
    {
        Size = size,
        ExclusiveRoot = exclusiveRoot,
        ExclusiveFlags = exclusiveFlags,
    };
}
