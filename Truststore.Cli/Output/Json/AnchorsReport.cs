namespace Truststore.Cli.Output.Json;

/// <summary>The JSON document of <c>truststore anchors --json</c>; see json-output.md.</summary>
/// <param name="SchemaVersion">The schema's version.</param>
/// <param name="Command">The command.</param>
/// <param name="Search">What was searched for, or <see langword="null"/>.</param>
/// <param name="Count">How many anchors the system has.</param>
/// <param name="LoadedAt">When they were read.</param>
/// <param name="Sources">Where they come from.</param>
/// <param name="Tried">Every place that was looked at.</param>
/// <param name="Anchors">Those that match.</param>
internal sealed record AnchorsReport(
    int SchemaVersion,
    string Command,
    string? Search,
    int Count,
    DateTimeOffset LoadedAt,
    IReadOnlyList<SystemAnchorsSource> Sources,
    IReadOnlyList<SystemAnchorsSource> Tried,
    IReadOnlyList<AnchorItem> Anchors)
{
    internal static AnchorsReport From(SystemAnchorsDescription description, string? search, IReadOnlyList<TrustAnchor> matches) => new(
        JsonOutput.SchemaVersion,
        "anchors",
        search,
        description.Count,
        description.LoadedAt,
        description.Sources,
        description.Tried,
        [.. matches.Select(AnchorItem.From)]);
}
