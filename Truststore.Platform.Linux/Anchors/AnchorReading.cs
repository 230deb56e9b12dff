using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>What was found at one location.</summary>
internal sealed class AnchorReading(AnchorLocation location)
{
    private int _badBlocks;
    private string? _firstBadBlock;
    private int _keptFiles;
    private string? _firstKeptFile;

    internal AnchorLocation Location { get; } = location;

    internal List<AnchorEntry> Entries { get; } = [];

    /// <summary>The anchors of each file.</summary>
    internal List<AnchorContent> Files { get; } = [];

    /// <summary>Why there is nothing to find at all, or null.</summary>
    internal string? Obstacle { get; set; }

    internal bool HasSkipped => _badBlocks > 0;

    /// <summary>Whether the last block of a file is incomplete, as when the file is being written.</summary>
    internal bool IsCutOff { get; set; }

    /// <summary>Whether a file is empty, as when it is about to be written.</summary>
    internal bool IsEmpty { get; set; }

    /// <summary>Whether a file exists but could not be read.</summary>
    internal bool IsUnreadable { get; set; }

    /// <summary>Whether a file seems to be in the middle of being written, so that the next check comes soon.</summary>
    internal bool IsUnfinished => IsCutOff || _keptFiles > 0;

    /// <summary>Notes a block or file that cannot be used. One of them does not spoil the others.</summary>
    internal void Skip(string place, string reason)
    {
        _badBlocks++;
        _firstBadBlock ??= $"{place}: {reason}";
    }

    /// <summary>Adds the content of a file.</summary>
    internal void Add(string path, AnchorReading content)
    {
        Entries.AddRange(content.Entries);
        Files.Add(new AnchorContent(path, content.Entries));
        _badBlocks += content._badBlocks;
        _firstBadBlock ??= content._firstBadBlock;
        IsCutOff |= content.IsCutOff;
        IsEmpty |= content.IsEmpty;
    }

    /// <summary>Keeps the anchors that a file had at the last reading.</summary>
    /// <param name="file">Those anchors; none for a new file, which is not used before it is complete.</param>
    /// <param name="reason">Why.</param>
    /// <param name="content">What the file holds now; of this only rejections count.</param>
    internal void Keep(AnchorContent file, string reason, AnchorReading? content = null)
    {
        Entries.AddRange(file.Entries);
        Entries.AddRange(content?.Entries.FindAll(static entry => entry.IsRejecting) ?? []);
        Files.Add(file);
        _keptFiles++;
        var place = Location.IsDirectory ? file.Path + ": " : string.Empty;
        _firstKeptFile ??= file.Entries.Count == 0
            ? $"{place}{reason}: not used before it is complete"
            : string.Create(CultureInfo.InvariantCulture, $"{place}{reason}: its {file.Entries.Count} earlier anchors stay in use");
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
        if (Obstacle is not null || (Entries.Count == 0 && _keptFiles == 0))
        {
            remark += "; " + (Obstacle ?? "no certificate in it");
        }

        if (IsCutOff)
        {
            remark += "; cut off, as if it were being written: its complete blocks are used until it is read again";
        }

        if (_keptFiles > 0)
        {
            remark += "; " + _firstKeptFile;
        }

        if (_keptFiles > 1)
        {
            remark += string.Create(CultureInfo.InvariantCulture, $" (and {_keptFiles - 1} more such files)");
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
