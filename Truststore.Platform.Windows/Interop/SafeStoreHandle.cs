using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>An HCERTSTORE.</summary>
internal class SafeStoreHandle : SafeHandle
{
    public SafeStoreHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Crypt32.CertCloseStore(handle, 0);
}
