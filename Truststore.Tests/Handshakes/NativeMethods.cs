using System.Runtime.InteropServices;

namespace Truststore.Tests.Handshakes;

/// <summary>What .NET has no call for.</summary>
internal static class NativeMethods
{
    /// <summary>PR_SET_PTRACER of linux/prctl.h: who may trace this process where only ancestors may otherwise.</summary>
    internal const int SetTracer = 0x59616d61;

    /// <summary>SIGTERM: the request to end.</summary>
    internal const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    internal static extern int ProcessControl(int option, nint argument);
}
