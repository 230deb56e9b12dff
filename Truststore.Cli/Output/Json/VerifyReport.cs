namespace Truststore.Cli.Output.Json;

/// <summary>The JSON document of <c>truststore verify --json</c>; see json-output.md.</summary>
internal sealed record VerifyReport(
    int SchemaVersion,
    string Command,
    Outcome Outcome,
    string File,
    string? Host,
    string Purpose,
    DateTimeOffset VerificationTime,
    VerdictReport Verdict)
{
    internal static VerifyReport From(string file, ChainVerificationRequest request, VerdictView view) => new(
        JsonOutput.SchemaVersion,
        "verify",
        view.Result.IsTrusted ? Outcome.Trusted : Outcome.Rejected,
        file,
        request.ReferenceIdentifier?.Value,
        request.Purpose == PeerPurpose.ClientAuthentication ? "client" : "server",
        request.VerificationTime.ToUniversalTime(),
        VerdictReport.From(view));
}
