using System.CommandLine;
using Truststore.Cli.Demo;
using Truststore.Cli.Output;

namespace Truststore.Cli.Commands;

/// <summary><c>truststore demo</c>: shows good and bad servers and what is said about them.</summary>
internal sealed class DemoCommand(CliEnvironment environment)
{
    internal Command Create()
    {
        var command = new ToolCommand("demo", "Starts good and bad TLS servers on the loopback interface, with a CA made for this run, connects to them and shows each verdict. Needs no network.")
        {
            ExitCodes = [(ExitCode.Success, "every verdict is the expected one"), (ExitCode.Rejected, "one is not")],
            Examples = ["truststore demo"],
        };
        command.SetAction((_, cancellationToken) => RunAsync(cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var scenarios = new DemoScenarios(environment.TimeProvider.GetUtcNow());
        var (context, note) = CreateContext();
        context.TimeProvider = environment.TimeProvider;
        context.LoadVerifyLocations(caData: scenarios.RootPem);
        var outcomes = await DemoRunner.RunAsync(scenarios.All, context, environment, cancellationToken);
        new DemoWriter(environment.Console).Write(outcomes, note);
        return outcomes.All(o => o.IsAsExpected) ? ExitCode.Success : ExitCode.Rejected;
    }

    private (TlsContext Context, string? Note) CreateContext()
    {
        try
        {
            return (environment.CreateContext(true), null);
        }
        catch (SystemAnchorsNotFoundException)
        {
            return (environment.CreateContext(false), "This system has no trust anchors; only the demo's own CA counts. 'truststore anchors' says where they were looked for.");
        }
    }
}
