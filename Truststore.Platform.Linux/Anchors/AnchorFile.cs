namespace Truststore.Platform.Linux;

/// <summary>Reads files of anchors whole, up to a limit.</summary>
internal static class AnchorFile
{
    /// <summary>The size from which on a file is not read, in bytes: 64 MiB, three hundred times the usual bundle.</summary>
    internal const int MaxLength = 64 * 1024 * 1024;

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

        // Asking first spares the exceptions, each of which costs milliseconds in a fresh process.
        if (!File.Exists(path))
        {
            obstacle = Directory.Exists(path) ? "is a directory, not a file" : DescribeMissing(path);
            return false;
        }

        try
        {
            using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            if (length <= MaxLength)
            {
                // One byte more than expected, so that the end shows.
                var buffer = GC.AllocateUninitializedArray<byte>((int)length + 1);
                var count = 0;
                for (int read; (read = RandomAccess.Read(handle, buffer.AsSpan(count), count)) > 0;)
                {
                    count += read;
                    if (count == buffer.Length)
                    {
                        Array.Resize(ref buffer, Math.Min(2 * count + 4096, MaxLength + 1));
                    }
                }

                content = buffer.AsSpan(0, count);
            }

            obstacle = length > MaxLength || content.Length > MaxLength ? "is larger than 64 MiB" : string.Empty;
            return obstacle.Length == 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            obstacle = "cannot be read: " + error.Message;
            return false;
        }
    }

    private static string DescribeMissing(string path)
    {
        var target = new FileInfo(path).LinkTarget;
        return target is null ? "does not exist" : $"is a link to {target}, which does not exist";
    }
}
