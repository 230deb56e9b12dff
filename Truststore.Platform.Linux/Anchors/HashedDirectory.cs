using Truststore.Trust;

namespace Truststore.Platform.Linux;

/// <summary>A directory as <c>openssl rehash</c> makes it. Only files named by a subject hash count there, as for OpenSSL; others may be anything.</summary>
internal static class HashedDirectory
{
    /// <summary>The paths of the files named by hash, sorted; none when the directory cannot be read.</summary>
    internal static List<string> List(string directory)
    {
        var files = new List<string>();
        try
        {
            if (Directory.Exists(directory))
            {
                foreach (var path in Directory.EnumerateFileSystemEntries(directory))
                {
                    // The r before the number says that it is a revocation list.
                    var name = Path.GetFileName(path.AsSpan());
                    if (TrustDirectory.IsHashedName(name) && !name.Contains('r'))
                    {
                        files.Add(path);
                    }
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        files.Sort(string.CompareOrdinal);
        return files;
    }

    internal static void Read(AnchorReading into)
    {
        var directory = into.Location.Path;
        if (!Directory.Exists(directory))
        {
            into.Obstacle = File.Exists(directory) ? "is not a directory" : "does not exist";
            return;
        }

        var files = List(directory);
        foreach (var file in files)
        {
            if (AnchorFile.TryRead(file, out var content, out var obstacle))
            {
                AnchorBundle.Read(content, into, file);
            }
            else
            {
                into.Skip(file, obstacle);
            }
        }

        if (files.Count == 0)
        {
            into.Obstacle = "no readable file in it that is named by its hash, like 4f316efb.0 (openssl rehash makes them)";
        }
    }
}
