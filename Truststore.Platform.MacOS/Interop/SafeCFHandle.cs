using System.Runtime.InteropServices;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>One reference to a CoreFoundation object, released once: what a function of the create rule returns (its name has Create or Copy), or a reference that was retained.</summary>
internal sealed class SafeCFHandle : SafeHandle
{
    /// <summary>Creates a handle without an object; the marshaller sets it.</summary>
    public SafeCFHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>No object, for a parameter that may be NULL.</summary>
    internal static SafeCFHandle Null { get; } = new();

    /// <summary>Takes a reference of its own to an object that somebody else owns: what a function of the get rule returns. Its owner must still be alive.</summary>
    /// <param name="borrowed">The object, or 0.</param>
    internal static SafeCFHandle Retain(nint borrowed)
    {
        var retained = new SafeCFHandle();
        if (borrowed != 0)
        {
            retained.SetHandle(CoreFoundation.CFRetain(borrowed));
        }

        return retained;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        CoreFoundation.CFRelease(handle);
        return true;
    }
}
