using System.Runtime.InteropServices;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>A part of a string or an array (CFBase.h:423).</summary>
/// <param name="Location">The first position.</param>
/// <param name="Length">The number of positions.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CFRange(nint Location, nint Length);
