using System.Diagnostics.CodeAnalysis;
using Spectre.Console;

namespace Truststore.Cli.Output;

/// <summary>Writes plain text to a console. Nothing here reads markup, so that no text of a peer's can be any; and all of it is shown by <see cref="SafeText"/>, whoever it is from.</summary>
internal static class ConsoleText
{
    internal static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);
    internal static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);
    internal static readonly Style Strong = new(decoration: Decoration.Bold);
    internal static readonly Style Faint = new(decoration: Decoration.Dim);

    /// <summary>A text on one line, for a cell or a node; the only way to make one.</summary>
    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "This is the one place.")]
    internal static Text Of(string text, Style? style = null) => new(SafeText.Show(text), style);

    internal static void WriteText(this IAnsiConsole console, string text, Style? style = null)
    {
        console.Write(Of(text, style));
        console.WriteLine();
    }

    internal static void WriteField(this IAnsiConsole console, string name, string value, Style? style = null)
    {
        console.Write(Of(name.PadRight(10), Faint));
        console.Write(Of(value, style));
        console.WriteLine();
    }
}
