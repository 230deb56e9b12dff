using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>A PCCERT_CHAIN_CONTEXT.</summary>
internal class SafeChainHandle : SafeHandle
{
    public SafeChainHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Crypt32.CertFreeCertificateChain(handle);
        return true;
    }
}
