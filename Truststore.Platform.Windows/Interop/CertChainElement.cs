using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_ELEMENT (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainElement
{
    internal uint Size;
    internal nint CertContext;
    internal CertTrustStatus TrustStatus;
    internal nint RevocationInfo;
    internal nint IssuanceUsage;
    internal nint ApplicationUsage;
    internal nint ExtendedErrorInfo;
}
