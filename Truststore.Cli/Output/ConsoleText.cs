using Spectre.Console;

namespace Truststore.Cli.Output;

/// <summary>Writes plain text to a console. Nothing here reads markup, so that no text of a peer's can be any.</summary>
internal static class ConsoleText
{
    internal static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);
    internal static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);
    internal static readonly Style Strong = new(decoration: Decoration.Bold);
    internal static readonly Style Faint = new(decoration: Decoration.Dim);

    internal static void WriteText(this IAnsiConsole console, string text, Style? style = null)
    {
        console.Write(new Text(text, style));
        console.WriteLine();
    }

    internal static void WriteField(this IAnsiConsole console, string name, string value, Style? style = null)
    {
        console.Write(new Text(name.PadRight(10), Faint));
        console.Write(new Text(value, style));
        console.WriteLine();
    }
}
