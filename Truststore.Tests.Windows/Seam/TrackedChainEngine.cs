using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A handle that tells when it is released.</summary>
internal sealed class TrackedChainEngine : SafeChainEngineHandle
{
    private readonly OpenHandles _open;

    internal TrackedChainEngine(OpenHandles open)
    {
        _open = open;
        SetHandle(open.Add("ChainEngine"));
    }

    protected override bool ReleaseHandle() => _open.Remove(handle);
}
