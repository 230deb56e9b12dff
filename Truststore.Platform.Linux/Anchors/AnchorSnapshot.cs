namespace Truststore.Platform.Linux;

/// <summary>The anchors as they were at one time, and what is known of later attempts to read them.</summary>
/// <param name="Index">The anchors.</param>
/// <param name="Found">Where they come from.</param>
/// <param name="LoadedAt">When they were read.</param>
internal sealed record AnchorSnapshot(AnchorIndex Index, DiscoveredAnchors Found, DateTimeOffset LoadedAt)
{
    /// <summary>What the locations looked like before they were read last, or null when the next check has to read them whatever they look like.</summary>
    internal AnchorStamp? Stamp { get; init; }

    /// <summary>The last attempt to read the anchors again, when it found none; else null.</summary>
    internal DiscoveredAnchors? Failure { get; init; }

    /// <summary>When that was.</summary>
    internal DateTimeOffset FailedAt { get; init; }

    /// <summary>Why the last check came to no end, or null.</summary>
    internal string? Problem { get; init; }
}
