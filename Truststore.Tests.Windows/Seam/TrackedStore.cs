using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A handle that tells when it is released.</summary>
internal sealed class TrackedStore : SafeStoreHandle
{
    private readonly OpenHandles _open;

    internal TrackedStore(OpenHandles open)
    {
        _open = open;
        SetHandle(open.Add("Store"));
    }

    protected override bool ReleaseHandle() => _open.Remove(handle);
}
