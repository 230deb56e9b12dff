using System.Text.RegularExpressions;

namespace Truststore.Tests.Docs;

/// <summary>The parts of a Markdown file that tests compare with the code.</summary>
internal sealed partial class MarkdownPage
{
    private readonly string _text;

    private MarkdownPage(string text) => _text = text;

    internal static MarkdownPage Read(string path) => new(RepositoryFiles.Read(path));

    /// <summary>The fenced blocks of a language, without their fences.</summary>
    internal IReadOnlyList<string> Blocks(string language) =>
        [.. FencedBlock().Matches(_text).Where(m => string.Equals(m.Groups["language"].Value, language, StringComparison.Ordinal)).Select(m => m.Groups["code"].Value)];

    /// <summary>The rows of the table under a heading, without its head; each cell trimmed and without the backquotes around it.</summary>
    internal IReadOnlyList<string[]> Table(string heading)
    {
        var rows = _text.Split('\n')
            .SkipWhile(line => !string.Equals(line.TrimStart('#'), " " + heading, StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2);
        return [.. rows.Select(row => row.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray())];
    }

    /// <summary>The targets of links that are neither elsewhere nor within the page.</summary>
    internal IEnumerable<string> LocalLinks() =>
        Link().Matches(_text).Select(m => m.Groups["target"].Value.Split('#')[0]).Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FencedBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
