using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Truststore.Trust;

/// <summary>Reads whole files that may turn out to be endless, silent or no files at all.</summary>
internal static class BoundedFile
{
    /// <summary>How long a pipe or device may take to come to its end.</summary>
    internal static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private const int FirstRead = 64 * 1024;

    /// <exception cref="TrustDataException">There is no such file, or it cannot be read, is too large, or does not come to an end.</exception>
    internal static byte[] Read(string path, TimeSpan patience)
    {
        try
        {
            return HasLength(path) ? ReadNow(path) : ReadWithin(path, patience);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or NotSupportedException or (IOException and not TrustDataException))
        {
            throw new TrustDataException(Explain(path, error), path, error);
        }
    }

    /// <exception cref="TrustDataException">The data is larger than <see cref="TlsContext.MaxTrustDataSize"/>.</exception>
    internal static void RequireSize(long size, string source)
    {
        if (size > TlsContext.MaxTrustDataSize)
        {
            throw TooLarge(source, string.Create(CultureInfo.InvariantCulture, $"has {size:N0} bytes"));
        }
    }

    // What has a length is an ordinary file. Pipes, terminals and devices have none, and opening or reading them can block for ever.
    private static bool HasLength(string path)
    {
        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return target is { Exists: true, Length: > 0 } || !Path.Exists(path);
    }

    // A thread that blocks in the operating system cannot be called back: it stays behind, and dies with the process.
    private static byte[] ReadWithin(string path, TimeSpan patience)
    {
        byte[] data = [];
        ExceptionDispatchInfo? error = null;
        var reader = new Thread(() =>
        {
            try
            {
                data = ReadNow(path);
            }
            catch (Exception caught)
            {
                error = ExceptionDispatchInfo.Capture(caught);
            }
        })
        {
            IsBackground = true,
            Name = "Truststore file reader",
        };
        reader.Start();
        if (!reader.Join(patience))
        {
            throw new TrustDataException($"{SourceName.Quote(path)} did not come to its end within {patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds; it is no ordinary file, perhaps a pipe that nobody writes to. Name a file.", path);
        }

        error?.Throw();
        return data;
    }

    private static byte[] ReadNow(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var length = stream.CanSeek ? stream.Length : 0;
        RequireSize(length, path);

        // One byte more than expected shows the end, or that there is more.
        var buffer = new byte[length > 0 ? (int)length + 1 : FirstRead];
        var count = 0;
        while (true)
        {
            var read = stream.Read(buffer, count, buffer.Length - count);
            count += read;
            if (read == 0)
            {
                return buffer[..count];
            }

            if (count > TlsContext.MaxTrustDataSize)
            {
                throw TooLarge(path, "does not end there");
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * count, TlsContext.MaxTrustDataSize + 1));
            }
        }
    }

    private static TrustDataException TooLarge(string source, string size) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{SourceName.Quote(source)} is too large for trust data: the limit is {TlsContext.MaxTrustDataSize:N0} bytes, and it {size}. Check that it is the right file, or split it."), source);

    private static string Explain(string path, Exception error)
    {
        var name = SourceName.Quote(path);
        if (Directory.Exists(path))
        {
            return $"{name} is a directory where a file is expected; pass it as caPath, or name a file in it.";
        }

        if (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileInfo(path).LinkTarget is { } target
                ? $"The file {name} is a link to {SourceName.Quote(target)}, which does not exist; restore that file or remove the link."
                : $"The file {name} does not exist{WhereIs(path)}; check the path.";
        }

        return error is UnauthorizedAccessException
            ? $"The file {name} cannot be read: permission denied; let the user that this process runs as read the file and enter its directories."
            : $"The file {name} cannot be read: {error.Message.TrimEnd('.')}; check that it is an ordinary file and that its file system works.";
    }

    private static string WhereIs(string path) => Path.IsPathFullyQualified(path) ? "" : $" (looked for at {SourceName.Quote(Path.GetFullPath(path))})";
}
