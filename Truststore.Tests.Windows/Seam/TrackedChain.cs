using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A chain that tells when it is released.</summary>
internal sealed class TrackedChain : SafeChainHandle
{
    private readonly OpenHandles _open;
    private readonly nint _entry;

    internal TrackedChain(OpenHandles open, ScriptedChain script)
    {
        _open = open;
        _entry = open.Add("Chain");
        Script = script;
        SetHandle(script.ToNative());
    }

    internal ScriptedChain Script { get; }

    protected override bool ReleaseHandle() => _open.Remove(_entry);
}
