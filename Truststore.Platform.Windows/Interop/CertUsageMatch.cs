using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_USAGE_MATCH (wincrypt.h); all zero for any usage.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertUsageMatch
{
    internal uint Type;
    internal CtlUsage Usage;
}
