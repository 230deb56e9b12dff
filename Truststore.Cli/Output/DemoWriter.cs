using System.Globalization;
using Spectre.Console;
using Truststore.Cli.Demo;

namespace Truststore.Cli.Output;

/// <summary>Writes the outcomes of the demo for people.</summary>
internal sealed class DemoWriter(IAnsiConsole console)
{
    internal void Write(IReadOnlyList<DemoOutcome> outcomes, string? note)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumn("Server").AddColumn("Verdict").AddColumn("Explanation");
        foreach (var outcome in outcomes)
        {
            table.AddRow(ConsoleText.Of(outcome.Scenario.Name), Verdict(outcome), ConsoleText.Of(outcome.Explanation));
        }

        console.Write(table);
        if (note is not null)
        {
            console.WriteText(note);
        }

        var good = outcomes.Count(o => o.IsAsExpected);
        console.WriteText(
            string.Create(CultureInfo.InvariantCulture, $"{good} of {outcomes.Count} verdicts are as expected."),
            good == outcomes.Count ? ConsoleText.Good : ConsoleText.Bad);
    }

    private static Text Verdict(DemoOutcome outcome)
    {
        var verdict = outcome.Result.Verdict switch
        {
            null => "no verdict",
            { IsTrusted: true } => "trusted",
            { Failures: var failures } => "rejected: " + string.Join(", ", failures.Select(f => f.Reason).Distinct()),
        };
        return outcome.IsAsExpected
            ? ConsoleText.Of(verdict, ConsoleText.Good)
            : ConsoleText.Of($"{verdict}; expected {outcome.Scenario.Expected?.ToString() ?? "trusted"}", ConsoleText.Bad);
    }
}
