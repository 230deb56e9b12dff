using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_TRUST_STATUS (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertTrustStatus
{
    internal uint ErrorStatus;
    internal uint InfoStatus;
}
