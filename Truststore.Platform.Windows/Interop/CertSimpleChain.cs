using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_SIMPLE_CHAIN (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertSimpleChain
{
    internal uint Size;
    internal CertTrustStatus TrustStatus;
    internal uint ElementCount;
    internal nint Elements;
    internal nint TrustListInfo;
    internal int HasRevocationFreshnessTime;
    internal uint RevocationFreshnessTime;
}
