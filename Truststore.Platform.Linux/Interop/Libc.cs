using System.Runtime.InteropServices;

namespace Truststore.Platform.Linux.Interop;

/// <summary>Functions of the C library for which .NET has no equivalent.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    /// <summary><c>int open(const char *pathname, int flags, mode_t mode)</c>, fcntl.h.</summary>
    /// <returns>A file descriptor, or -1; then the last error says why.</returns>
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Open(byte* path, int flags, uint mode);

    /// <summary>
    /// <c>int statx(int dirfd, const char *pathname, int flags, unsigned int mask, struct statx *statxbuf)</c>,
    /// sys/stat.h; Linux only. Its structure is the same on every processor: 256 bytes, with <c>stx_mode</c>, of 16
    /// bits, at offset 28.
    /// </summary>
    /// <returns>0, or -1; then the last error says why.</returns>
    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Statx(int directory, byte* path, int flags, uint mask, byte* status);
}
