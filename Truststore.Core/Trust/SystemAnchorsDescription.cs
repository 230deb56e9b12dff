namespace Truststore;

/// <summary>What is known of the operating system's trust anchors.</summary>
/// <param name="Count">The number of anchors.</param>
/// <param name="Sources">The files, directories or stores that the anchors come from, each with its number of anchors.</param>
/// <param name="Tried">Every place that was looked at, in that order, with what was found there.</param>
/// <param name="LoadedAt">When the anchors were read.</param>
/// <param name="Generation">Grows by one whenever the anchors change.</param>
public sealed record SystemAnchorsDescription(int Count, IReadOnlyList<SystemAnchorsSource> Sources, IReadOnlyList<SystemAnchorsSource> Tried, DateTimeOffset LoadedAt, long Generation);
