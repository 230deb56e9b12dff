namespace Truststore.Platform.Linux;

/// <summary>Finds the distribution's copy of the public suffix list (Debian and Fedora: package publicsuffix or publicsuffix-list).</summary>
internal static class PublicSuffixFile
{
    private const int MaxSize = 4 * 1024 * 1024;

    private static readonly string[] s_paths =
    [
        "/usr/share/publicsuffix/public_suffix_list.dat",
        "/usr/share/publicsuffix/effective_tld_names.dat",
    ];

    private static readonly Lazy<ReadOnlyMemory<byte>> s_content = new(Read);

    /// <summary>The file's bytes, or nothing. Read once in a process; the few programs that ask for the Strict profile have it decoded then.</summary>
    internal static ReadOnlyMemory<byte> Content => s_content.Value;

    private static ReadOnlyMemory<byte> Read()
    {
        foreach (var path in s_paths)
        {
            // Where there is none that can be read, top-level domains are known all the same.
            if (AnchorFile.TryRead(path, out var content, out _) is null && content.Length <= MaxSize)
            {
                return content.ToArray();
            }
        }

        return default;
    }
}
