using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_REVOCATION_INFO (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertRevocationInfo
{
    internal uint Size;
    internal uint RevocationResult;
    internal nint RevocationOid;
    internal nint OidSpecificInfo;
    internal int HasFreshnessTime;
    internal uint FreshnessTime;
    internal nint CrlInfo;
}
