using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>What was found at one location.</summary>
internal sealed class AnchorReading(AnchorLocation location)
{
    private int _badBlocks;
    private string? _firstBadBlock;

    internal AnchorLocation Location { get; } = location;

    internal List<AnchorEntry> Entries { get; } = [];

    /// <summary>Why there is nothing to find at all, or null.</summary>
    internal string? Obstacle { get; set; }

    internal bool HasSkipped => _badBlocks > 0;

    /// <summary>Notes a block or file that cannot be used. One of them does not spoil the others.</summary>
    internal void Skip(string place, string reason)
    {
        _badBlocks++;
        _firstBadBlock ??= $"{place}: {reason}";
    }

    /// <summary>The reading as users see it, with the number of certificates that can be decoded.</summary>
    internal SystemAnchorsSource Describe()
    {
        var decoded = 0;
        foreach (var entry in Entries)
        {
            decoded += entry.Certificate is null ? 0 : 1;
        }

        var remark = Location.Origin;
        if (Obstacle is not null || Entries.Count == 0)
        {
            remark += "; " + (Obstacle ?? "no certificate in it");
        }

        if (_badBlocks > 0)
        {
            remark += string.Create(CultureInfo.InvariantCulture, $"; {_badBlocks} unusable skipped, the first at {_firstBadBlock}");
        }

        if (decoded < Entries.Count)
        {
            remark += string.Create(CultureInfo.InvariantCulture, $"; {Entries.Count - decoded} not used, since they are no sound certificates");
        }

        return new SystemAnchorsSource(Location.Path, decoded, remark);
    }
}
