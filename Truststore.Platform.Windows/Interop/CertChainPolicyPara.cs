using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_POLICY_PARA (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainPolicyPara
{
    internal uint Size;
    internal uint Flags;
    internal nint ExtraPolicyPara;

    internal static CertChainPolicyPara Create(uint flags, nint extra) => new()
    {
        Size = (uint)Unsafe.SizeOf<CertChainPolicyPara>(),
        Flags = flags,
        ExtraPolicyPara = extra,
    };
}
