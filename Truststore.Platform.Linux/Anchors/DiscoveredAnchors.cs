namespace Truststore.Platform.Linux;

/// <summary>The outcome of a discovery.</summary>
/// <param name="Readings">What was found at each location that was looked at, in that order.</param>
/// <param name="Entries">The anchors of all of them.</param>
internal sealed record DiscoveredAnchors(List<AnchorReading> Readings, List<AnchorEntry> Entries);
