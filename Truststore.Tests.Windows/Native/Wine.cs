using System.Runtime.InteropServices;

namespace Truststore.Tests.Windows.Native;

/// <summary>Tells Wine from Windows: only Wine's ntdll exports wine_get_version.</summary>
internal static class Wine
{
    internal static bool IsRunning { get; } = NativeLibrary.TryLoad("ntdll.dll", out var library) && NativeLibrary.TryGetExport(library, "wine_get_version", out _);
}
