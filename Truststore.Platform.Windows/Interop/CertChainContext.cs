using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_CONTEXT (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainContext
{
    internal uint Size;
    internal CertTrustStatus TrustStatus;
    internal uint ChainCount;
    internal nint Chains;
    internal uint LowerQualityChainCount;
    internal nint LowerQualityChains;
    internal int HasRevocationFreshnessTime;
    internal uint RevocationFreshnessTime;
    internal uint CreateFlags;
    internal Guid ChainId;
}
