using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Truststore.Platform.Linux.Interop;

namespace Truststore.Platform.Linux;

/// <summary>Opens regular files and nothing else, without blocking. Opening a pipe would wait for a writer.</summary>
/// <remarks>
/// The type is checked twice: by name, because opening some devices has an effect, and again on the opened file,
/// because the name may lead to another file by then. Only the second check decides. Without statx (FreeBSD) a file
/// that cannot seek counts as a pipe.
/// </remarks>
internal static unsafe class RegularFile
{
    private const int NoSuchFile = 2; // ENOENT
    private const int Interrupted = 4; // EINTR

    // fcntl.h: O_RDONLY is 0 everywhere; the others have one value on all processors for which there is .NET on Linux.
    private const int LinuxFlags = 0x100 | 0x800 | 0x80000; // O_NOCTTY | O_NONBLOCK | O_CLOEXEC
    private const int FreeBsdFlags = 0x8000 | 0x4 | 0x100000;

    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int StatusLength = 256;
    private const int ModeOffset = 28;

    private const int TypeMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG

    /// <summary>Opens a file that exists, or says why not.</summary>
    internal static SafeFileHandle? Open(string path, out FileObstacle? obstacle)
    {
        // With the null character behind the last.
        var name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        if (!IsRegular(CurrentDirectory, name, 0, out obstacle))
        {
            return null;
        }

        var descriptor = OpenDescriptor(name);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            obstacle = error == NoSuchFile ? FileObstacle.Missing(path) : FileObstacle.Unreadable(Marshal.GetPInvokeErrorMessage(error));
            return null;
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (IsRegular(descriptor, [0], EmptyPath, out obstacle) && HasPositions(handle, out obstacle))
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    private static int OpenDescriptor(ReadOnlySpan<byte> name)
    {
        var flags = OperatingSystem.IsFreeBSD() ? FreeBsdFlags : LinuxFlags;
        fixed (byte* path = name)
        {
            int descriptor;
            do
            {
                descriptor = Libc.Open(path, flags, 0);
            }
            while (descriptor < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            return descriptor;
        }
    }

    /// <summary>
    /// Whether a file is a regular one, or its type cannot be told. Of a link what it leads to counts.
    /// </summary>
    private static bool IsRegular(int directory, ReadOnlySpan<byte> name, int flags, out FileObstacle? obstacle)
    {
        obstacle = null;
        var status = stackalloc byte[StatusLength];
        try
        {
            fixed (byte* path = name)
            {
                if (Libc.Statx(directory, path, flags, TypeOnly, status) != 0)
                {
                    return true;
                }
            }
        }
        catch (EntryPointNotFoundException)
        {
            return true;
        }

        var type = *(ushort*)(status + ModeOffset) & TypeMask;
        obstacle = type == Regular ? null : FileObstacle.NotRegular(Describe(type));
        return type == Regular;
    }

    private static bool HasPositions(SafeFileHandle handle, out FileObstacle? obstacle)
    {
        try
        {
            _ = RandomAccess.GetLength(handle);
            obstacle = null;
        }
        catch (NotSupportedException)
        {
            obstacle = FileObstacle.NotRegular("a pipe");
        }
        catch (IOException error)
        {
            obstacle = FileObstacle.Unreadable(error.Message);
        }

        return obstacle is null;
    }

    // sys/stat.h: S_IFIFO, S_IFCHR, S_IFDIR, S_IFBLK, S_IFSOCK.
    private static string Describe(int type) => type switch
    {
        0x1000 => "a pipe",
        0x2000 => "a character device",
        0x4000 => "a directory",
        0x6000 => "a block device",
        0xC000 => "a socket",
        _ => "something else",
    };
}
