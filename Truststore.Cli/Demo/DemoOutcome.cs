using Truststore.Cli.Probing;

namespace Truststore.Cli.Demo;

/// <summary>What was said about a server of the demo.</summary>
/// <param name="Scenario">The server.</param>
/// <param name="Result">What came of the connection.</param>
/// <param name="Explanation">The verdict in words, or why there is none.</param>
internal sealed record DemoOutcome(DemoScenario Scenario, ProbeResult Result, string Explanation)
{
    /// <summary>Whether the verdict is the expected one: trusted, or rejected for the expected reason first.</summary>
    internal bool IsAsExpected => Result.Verdict is { } verdict
        && (Scenario.Expected is { } reason ? !verdict.IsTrusted && verdict.Failures[0].Reason == reason : verdict is { IsTrusted: true, IsVerified: true });
}
