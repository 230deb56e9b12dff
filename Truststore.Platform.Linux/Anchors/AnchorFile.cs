using Microsoft.Win32.SafeHandles;

namespace Truststore.Platform.Linux;

/// <summary>Reads regular files whole, up to a limit.</summary>
internal static class AnchorFile
{
    // 64 MiB, three hundred times the usual bundle.
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="writtenAt">When it was written last.</param>
    /// <returns>Null, or why it was not read.</returns>
    internal static FileObstacle? TryRead(string path, out ReadOnlySpan<byte> content, out DateTime writtenAt)
    {
        content = default;
        writtenAt = default;
        using var handle = Open(path, out var obstacle);
        if (handle is null)
        {
            return obstacle;
        }

        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length <= MaxLength)
            {
                content = ReadToEnd(handle, (int)length);
                writtenAt = File.GetLastWriteTimeUtc(handle);
            }

            return length > MaxLength || content.Length > MaxLength ? new FileObstacle("is larger than 64 MiB") : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return FileObstacle.Unreadable(error.Message);
        }
    }

    /// <summary>Opens a file, or says why it cannot be opened.</summary>
    internal static SafeFileHandle? Open(string path, out FileObstacle? obstacle)
    {
        // Checking first gives the usual cases their own message. A link counts as existing even if its target does
        // not.
        if (File.Exists(path))
        {
            return RegularFile.Open(path, out obstacle);
        }

        obstacle = Directory.Exists(path) ? new FileObstacle("is a directory, not a file") : FileObstacle.Missing(path);
        return null;
    }

    private static ReadOnlySpan<byte> ReadToEnd(SafeFileHandle handle, int length)
    {
        // One byte more than expected, so that the end shows.
        var buffer = GC.AllocateUninitializedArray<byte>(length + 1);
        var count = 0;
        for (int read; count <= MaxLength && (read = RandomAccess.Read(handle, buffer.AsSpan(count), count)) > 0;)
        {
            count += read;
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min((2 * count) + 4096, MaxLength + 1));
            }
        }

        return buffer.AsSpan(0, count);
    }
}
