using System.Text.RegularExpressions;

namespace Truststore.Tests.Docs;

/// <summary>The text of the examples in Snippets.cs and RecipeSnippets.cs.</summary>
internal sealed partial class SnippetSource
{
    private static readonly string[] s_files = ["Truststore.Tests/Docs/Snippets.cs", "Truststore.Tests/Docs/RecipeSnippets.cs"];

    private SnippetSource(IReadOnlyList<string> snippets, IReadOnlyList<string> usings)
    {
        Snippets = snippets;
        Usings = usings;
    }

    /// <summary>What stands between the pairs of markers, without the indentation that the lines have in common.</summary>
    internal IReadOnlyList<string> Snippets { get; }

    /// <summary>The using directives of the file.</summary>
    internal IReadOnlyList<string> Usings { get; }

    internal static SnippetSource Read()
    {
        var text = string.Concat(s_files.Select(RepositoryFiles.Read));
        return new SnippetSource(
            [.. Marked().Matches(text).Select(m => Unindent(m.Groups["code"].Value, m.Groups["indentation"].Value))],
            [.. text.Split('\n').Where(IsUsingDirective)]);
    }

    /// <summary>Splits an example into its using directives and the code behind them.</summary>
    internal static (IReadOnlyList<string> Usings, string Code) Split(string block)
    {
        var usings = block.Split('\n').TakeWhile(IsUsingDirective).ToList();
        return (usings, block[usings.Sum(line => line.Length + 1)..].TrimStart('\n'));
    }

    private static bool IsUsingDirective(string line) => UsingDirective().IsMatch(line);

    private static string Unindent(string code, string indentation) =>
        string.Concat(code.TrimEnd('\n').Split('\n').Select(line => (line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line) + "\n"));

    [GeneratedRegex(@"^(?<indentation> +)// snippet\n(?<code>.*?)^ +// end$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsingDirective();
}
