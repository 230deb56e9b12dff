using System.Text.Json;
using Spectre.Console;
using Truststore.Cli;

namespace Truststore.Tests.Cli;

/// <summary>What came of one run of the tool: exit code and both outputs.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>The time of every run.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private const int Width = 250;

    /// <summary>The JSON document on the standard output.</summary>
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    internal static Task<CliRun> RunAsync(params string[] args) => RunAsync(e => e, args);

    internal static async Task<CliRun> RunAsync(Func<CliEnvironment, CliEnvironment> change, string[] args, CancellationToken cancellationToken = default)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var environment = CreateEnvironment(output, error);
        var exitCode = await CliProgram.RunAsync(args, change(environment), cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The environment of every run: plain text, a standing clock, this machine's anchors.</summary>
    internal static CliEnvironment CreateEnvironment(TextWriter output, TextWriter error)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        return new CliEnvironment { Console = console, Out = output, Error = error, TimeProvider = new FixedTimeProvider(Now) };
    }
}
