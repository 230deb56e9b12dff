using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Truststore.Cli.Commands;

/// <summary>Writes the usual help, and under it the exit codes and examples.</summary>
internal sealed class ToolHelp : SynchronousCommandLineAction
{
    private const int Width = 110;

    private readonly HelpAction _usual = new() { MaxWidth = Width };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ToolCommand command)
        {
            Write(parseResult.InvocationConfiguration.Output, command);
        }

        return exitCode;
    }

    internal static void Extend(RootCommand root) => root.Options.OfType<HelpOption>().Single().Action = new ToolHelp();

    private static void Write(TextWriter output, ToolCommand command)
    {
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in command.ExitCodes)
        {
            output.WriteLine($"  {code.ToString(CultureInfo.InvariantCulture),-4}{meaning}");
        }

        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in command.Examples)
        {
            output.WriteLine("  " + example);
        }
    }
}
