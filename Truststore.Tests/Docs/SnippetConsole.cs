using System.Text;

namespace Truststore.Tests.Docs;

/// <summary>Takes the place of <see cref="System.Console"/> in the examples, and keeps what they write.</summary>
internal sealed class SnippetConsole
{
    private readonly StringBuilder _output = new();

    internal string Output => _output.ToString();

    internal void WriteLine(string text) => _output.Append(text).Append('\n');
}
