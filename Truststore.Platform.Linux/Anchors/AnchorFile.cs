using Microsoft.Win32.SafeHandles;

namespace Truststore.Platform.Linux;

/// <summary>Reads files of anchors whole, up to a limit.</summary>
internal static class AnchorFile
{
    // 64 MiB, three hundred times the usual bundle.
    private const int MaxLength = 64 * 1024 * 1024;

    internal static void Read(AnchorReading into)
    {
        if (TryRead(into.Location.Path, out var content, out var obstacle))
        {
            AnchorBundle.Read(content, into);
        }
        else
        {
            into.Obstacle = obstacle;
        }
    }

    internal static bool TryRead(string path, out ReadOnlySpan<byte> content, out string obstacle)
    {
        content = default;
        using var handle = Open(path, out obstacle);
        if (handle is null)
        {
            return false;
        }

        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length <= MaxLength)
            {
                content = ReadToEnd(handle, (int)length);
            }

            obstacle = length > MaxLength || content.Length > MaxLength ? "is larger than 64 MiB" : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            obstacle = "cannot be read: " + error.Message;
        }
        catch (NotSupportedException)
        {
            obstacle = "is a pipe, not an ordinary file";
        }

        return obstacle.Length == 0;
    }

    /// <summary>Opens a file, or says why it cannot be opened.</summary>
    internal static SafeFileHandle? Open(string path, out string obstacle)
    {
        obstacle = string.Empty;

        // Asking first spares the exceptions, each of which costs milliseconds in a fresh process.
        if (!File.Exists(path))
        {
            obstacle = Directory.Exists(path) ? "is a directory, not a file" : DescribeMissing(path);
            return null;
        }

        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            obstacle = DescribeMissing(path); // A link that leads nowhere exists.
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            obstacle = "cannot be read: " + error.Message;
            return null;
        }
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

    private static string DescribeMissing(string path)
    {
        var target = new FileInfo(path).LinkTarget;
        return target is null ? "does not exist" : $"is a link to {SafeText.Show(target)}, which does not exist";
    }
}
