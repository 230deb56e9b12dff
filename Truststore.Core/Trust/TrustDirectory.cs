namespace Truststore.Trust;

/// <summary>Chooses the files of a directory that hold trust data.</summary>
internal static class TrustDirectory
{
    private const int HashLength = 8;

    private static readonly string[] s_extensions = [".pem", ".crt", ".cer", ".crl"];

    /// <summary>Files with hashed names, or else those whose extension says what they hold; in ordinal order of their names.</summary>
    /// <exception cref="TrustDataException">The directory is missing, cannot be read, or has no such file.</exception>
    internal static IReadOnlyList<string> ListFiles(string path)
    {
        var entries = List(path);
        Array.Sort(entries, StringComparer.Ordinal);
        var hashed = Array.FindAll(entries, entry => IsHashedName(Path.GetFileName(entry.AsSpan())));
        if (hashed.Length > 0)
        {
            return hashed;
        }

        var files = Array.FindAll(entries, entry => s_extensions.Contains(Path.GetExtension(entry), StringComparer.OrdinalIgnoreCase) && !Directory.Exists(entry));
        return files.Length > 0
            ? files
            : throw new TrustDataException($"The directory {SourceName.Quote(path)} has no trust data: neither files with hashed names (such as 5ed36f99.0, made by 'openssl rehash') nor files ending in .pem, .crt, .cer or .crl. Check the path.", path);
    }

    /// <summary>Whether a name is one of those that <c>openssl rehash</c> makes: the hash of the subject or issuer, and a number; <c>r</c> stands for a CRL.</summary>
    internal static bool IsHashedName(ReadOnlySpan<char> name)
    {
        if (name.Length < HashLength + 2 || name[HashLength] != '.')
        {
            return false;
        }

        // SearchValues would cost a fresh process milliseconds, and this is on its way to the first handshake.
        foreach (var digit in name[..HashLength])
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return false;
            }
        }

        var number = name[(HashLength + 1)..];
        if (number[0] == 'r')
        {
            number = number[1..];
        }

        return !number.IsEmpty && !number.ContainsAnyExceptInRange('0', '9');
    }

    private static string[] List(string path)
    {
        if (File.Exists(path))
        {
            throw new TrustDataException($"{SourceName.Quote(path)} is a file where a directory is expected; pass it as caFile.", path);
        }

        try
        {
            return Directory.GetFileSystemEntries(path);
        }
        catch (DirectoryNotFoundException error)
        {
            throw new TrustDataException($"The directory {SourceName.Quote(path)} does not exist; check the path.", path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TrustDataException($"The directory {SourceName.Quote(path)} cannot be listed: permission denied; let the user that this process runs as read it.", path, error);
        }
        catch (IOException error)
        {
            throw new TrustDataException($"The directory {SourceName.Quote(path)} cannot be listed: {error.Message}", path, error);
        }
    }
}
