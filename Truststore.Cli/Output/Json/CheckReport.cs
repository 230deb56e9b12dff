using Truststore.Cli.Probing;

namespace Truststore.Cli.Output.Json;

/// <summary>The JSON document of <c>truststore check --json</c>; see json-output.md.</summary>
internal sealed record CheckReport(
    int SchemaVersion,
    string Command,
    Outcome Outcome,
    string Host,
    int Port,
    string ServerName,
    ConnectionDetails? Connection,
    VerdictReport? Verdict,
    string? Error)
{
    internal static CheckReport From(Endpoint endpoint, ReferenceIdentifier identity, ProbeResult result, TlsContext context) => new(
        JsonOutput.SchemaVersion,
        "check",
        result.Verdict switch { null => Outcome.NotConnected, { IsTrusted: true } => Outcome.Trusted, _ => Outcome.Rejected },
        endpoint.Host,
        endpoint.Port,
        identity.Value,
        result.Connection,
        result.Verdict is { } verdict ? VerdictReport.From(new VerdictView(verdict, identity, context.AddedAnchors)) : null,
        result.Error);
}
