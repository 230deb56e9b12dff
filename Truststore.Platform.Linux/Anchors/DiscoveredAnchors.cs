namespace Truststore.Platform.Linux;

/// <summary>The outcome of a discovery.</summary>
/// <param name="Readings">What was found at each location that was looked at, in that order.</param>
/// <param name="Entries">The anchors of all of them.</param>
internal sealed record DiscoveredAnchors(List<AnchorReading> Readings, List<AnchorEntry> Entries)
{
    /// <summary>Whether a file seems to be in the middle of being written, so that the next check comes soon.</summary>
    internal bool IsUnfinished { get; } = Readings.Exists(static reading => reading.IsUnfinished);

    /// <summary>Whether a file exists but could not be read. Its length and time do not tell when it can be.</summary>
    internal bool IsUnreadable => Readings.Exists(static reading => reading.IsUnreadable);

    /// <summary>
    /// Whether reading again in a moment may find more: a file is cut off, or there is nothing but empty files.
    /// </summary>
    internal bool IsWorthAnotherLook => IsUnfinished || (Entries.Count == 0 && Readings.Exists(static reading => reading.IsEmpty));

    /// <summary>What a file held, or null where it was not read.</summary>
    internal AnchorContent? FindFile(string path)
    {
        foreach (var reading in Readings)
        {
            if (reading.Files.Find(file => string.Equals(file.Path, path, StringComparison.Ordinal)) is { } file)
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>What the files of a location held.</summary>
    internal IReadOnlyList<AnchorContent> FilesOf(AnchorLocation location) =>
        Readings.Find(reading => reading.Location == location)?.Files ?? [];
}
