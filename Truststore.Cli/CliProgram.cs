using System.CommandLine;
using Truststore.Cli.Commands;

namespace Truststore.Cli;

/// <summary>The tool: arguments in, exit code out.</summary>
internal static class CliProgram
{
    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="environment">What the tool uses of the outside.</param>
    /// <param name="cancellationToken">Ends the command early.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(string[] args, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        // A host may begin with any character; "@file" is no feature here.
        var parsed = CreateRootCommand(environment).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is null or System.CommandLine.Invocation.ParseErrorAction)
        {
            foreach (var message in MessagesOf(parsed))
            {
                await environment.WriteErrorAsync(SafeText.Show(message));
            }

            await environment.Error.WriteLineAsync($"Try '{string.Join(' ', CommandPath(parsed.CommandResult))} --help'.");
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = environment.Out,
                Error = environment.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception error) when (error is UsageException or TrustDataException or SystemAnchorsNotFoundException or PlatformNotSupportedException)
        {
            await environment.WriteErrorAsync(error.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await environment.WriteErrorAsync("interrupted.");
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand CreateRootCommand(CliEnvironment environment)
    {
        var root = new RootCommand("Says whether TLS servers and certificate chains are trusted by this system's trust store, and if not, why, and what to do about it.")
        {
            new CheckCommand(environment).Create(),
            new VerifyCommand(environment).Create(),
            new AnchorsCommand(environment).Create(),
            new DemoCommand(environment).Create(),
        };
        root.Directives.Clear();
        ToolHelp.Extend(root);
        return root;
    }

    private static IEnumerable<string> MessagesOf(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not RootCommand root)
        {
            return parsed.Errors.Select(e => e.Message);
        }

        var commands = string.Join(", ", root.Subcommands.Select(c => c.Name));
        return [parsed.UnmatchedTokens.Count == 0 ? $"a command is missing; there are {commands}." : $"'{parsed.UnmatchedTokens[0]}' is no command; there are {commands}."];
    }

    private static IEnumerable<string> CommandPath(System.CommandLine.Parsing.CommandResult result)
    {
        var path = new Stack<string>();
        for (var command = result; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Push(command.Command is RootCommand ? "truststore" : command.Command.Name);
        }

        return path;
    }
}
