using System.Runtime.InteropServices;

namespace Truststore.Tests.Windows.Seam;

/// <summary>Native memory for what CryptoAPI would hold; freed at the end of the process, as the system's is by the system.</summary>
internal static unsafe class NativeBlock
{
    internal static nint Of<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var block = NativeMemory.Alloc((nuint)Math.Max(1, values.Length), (nuint)sizeof(T));
        values.CopyTo(new Span<T>(block, values.Length));
        return (nint)block;
    }
}
