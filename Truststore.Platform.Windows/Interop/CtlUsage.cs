using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CTL_USAGE, which is CERT_ENHKEY_USAGE too (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CtlUsage
{
    internal uint IdentifierCount;
    internal nint Identifiers;
}
