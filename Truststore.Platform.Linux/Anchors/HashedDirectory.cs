using Truststore.Trust;

namespace Truststore.Platform.Linux;

/// <summary>A directory as <c>openssl rehash</c> makes it. Only files named by a subject hash count there, as for OpenSSL; others may be anything.</summary>
internal static class HashedDirectory
{
    /// <summary>Lists the paths of the files named by hash, sorted.</summary>
    /// <returns>Null, or why the directory cannot be listed.</returns>
    internal static FileObstacle? TryList(string directory, out List<string> files)
    {
        files = [];
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
            files = [];
            return FileObstacle.Unreadable(error.Message);
        }

        files.Sort(string.CompareOrdinal);
        return null;
    }
}
