using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>A PCCERT_CONTEXT.</summary>
internal class SafeCertificateHandle : SafeHandle
{
    public SafeCertificateHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Crypt32.CertFreeCertificateContext(handle);
}
