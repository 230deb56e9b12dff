namespace Truststore.Tests.Docs;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    /// <summary>Reads a text file.</summary>
    /// <param name="path">The path from the repository's root, with slashes.</param>
    internal static string Read(string path) => File.ReadAllText(Path.Combine(s_root.Value, path)).ReplaceLineEndings("\n");

    /// <summary>Writes a text file.</summary>
    internal static void Write(string path, string text) => File.WriteAllText(Path.Combine(s_root.Value, path), text);

    /// <summary>The Markdown files of the root and of docs, as paths from the root.</summary>
    internal static IEnumerable<string> Pages() =>
        Directory.EnumerateFiles(s_root.Value, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(s_root.Value, "docs"), "*.md"))
            .Select(path => Path.GetRelativePath(s_root.Value, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>The files of a folder whose name ends in one way, as paths from the root.</summary>
    /// <param name="folder">The path of the folder from the root; empty for the root.</param>
    /// <param name="ending">The end of the names.</param>
    internal static IEnumerable<string> In(string folder, string ending) =>
        Directory.EnumerateFiles(Path.Combine(s_root.Value, folder), "*" + ending)
            .Select(path => Path.GetRelativePath(s_root.Value, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Whether a file or directory is there.</summary>
    internal static bool Has(string path) => Path.Exists(Path.Combine(s_root.Value, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Truststore.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from inside the repository: no folder above them holds Truststore.slnx.");
    }
}
