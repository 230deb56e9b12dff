using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A handle that tells when it is released.</summary>
internal sealed class TrackedCertificate : SafeCertificateHandle
{
    private readonly OpenHandles _open;

    internal TrackedCertificate(OpenHandles open)
    {
        _open = open;
        SetHandle(open.Add("Certificate"));
    }

    protected override bool ReleaseHandle() => _open.Remove(handle);
}
