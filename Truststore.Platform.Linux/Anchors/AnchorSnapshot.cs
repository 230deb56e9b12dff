namespace Truststore.Platform.Linux;

/// <summary>The anchors as they were at one time, and what is known of later attempts to read them.</summary>
/// <param name="Index">The anchors.</param>
/// <param name="Found">Where they come from.</param>
/// <param name="LoadedAt">When they were read.</param>
/// <param name="Seen">What was found when they were looked for last: <paramref name="Found"/>, or what was no good.</param>
/// <param name="SeenAt">When that was.</param>
/// <param name="Problem">Why the last attempt to read them again failed, or null.</param>
internal sealed record AnchorSnapshot(AnchorIndex Index, DiscoveredAnchors Found, DateTimeOffset LoadedAt, DiscoveredAnchors Seen, DateTimeOffset SeenAt, string? Problem);
