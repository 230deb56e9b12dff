using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_POLICY_STATUS (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainPolicyStatus
{
    internal uint Size;
    internal uint Error;
    internal int ChainIndex;
    internal int ElementIndex;
    internal nint ExtraPolicyStatus;

    internal static CertChainPolicyStatus Create() => new() { Size = (uint)Unsafe.SizeOf<CertChainPolicyStatus>() };
}
