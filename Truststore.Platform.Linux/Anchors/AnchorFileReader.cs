using System.Globalization;

namespace Truststore.Platform.Linux;

/// <summary>
/// Reads the anchors of files. Files that seem to be in the middle of being written keep the anchors of the last
/// reading.
/// </summary>
/// <remarks>
/// These are files that are cut off, empty or unreadable, and files that were written just now and lack anchors that
/// they had before. Other files are taken over meanwhile. What complete blocks of such a file distrust is distrusted at
/// once; only trust waits. The first reading has nothing to keep and uses the complete blocks.
/// </remarks>
/// <param name="previous">What was read before; null at the first time.</param>
/// <param name="now">The time of the reading.</param>
internal sealed class AnchorFileReader(DiscoveredAnchors? previous, DateTimeOffset now)
{
    private readonly DateTimeOffset _now = now;

    /// <summary>Reads the file that a location is.</summary>
    internal void Read(AnchorReading into) => Read(into.Location.Path, into);

    /// <summary>Reads the files of a directory.</summary>
    internal void ReadDirectory(AnchorReading into)
    {
        var directory = into.Location.Path;
        if (!Directory.Exists(directory))
        {
            into.Obstacle = File.Exists(directory) ? "is not a directory" : "does not exist";
            return;
        }

        if (HashedDirectory.TryList(directory, out var files) is { } obstacle)
        {
            KeepDirectory(into, obstacle);
            return;
        }

        foreach (var file in files)
        {
            Read(file, into);
        }

        if (files.Count == 0)
        {
            into.Obstacle = "no readable file in it that is named by its hash, like 4f316efb.0 (openssl rehash makes them)";
        }
    }

    private void Read(string path, AnchorReading into)
    {
        var known = previous?.FindFile(path);
        if (AnchorFile.TryRead(path, out var text, out var writtenAt) is { } obstacle)
        {
            into.IsUnreadable |= obstacle.IsTemporary;
            if (obstacle.IsTemporary && known is { Entries.Count: > 0 })
            {
                into.Keep(known, obstacle.Text);
            }
            else if (into.Location.IsDirectory)
            {
                into.Skip(path, obstacle.Text);
            }
            else
            {
                into.Obstacle = obstacle.Text;
            }

            return;
        }

        var content = new AnchorReading(into.Location) { IsEmpty = text.IsEmpty };
        AnchorBundle.Read(text, content, into.Location.IsDirectory ? path : null);
        if (previous is not null && FindInterruption(content, known, writtenAt) is { } reason)
        {
            into.Keep(known ?? new AnchorContent(path, []), reason, content);
        }
        else
        {
            into.Add(path, content);
        }
    }

    /// <summary>Why a file seems to be in the midst of being written, or null.</summary>
    private string? FindInterruption(AnchorReading content, AnchorContent? known, DateTime writtenAt)
    {
        if (content.IsCutOff)
        {
            return "its last block is cut off, as if it were being written";
        }

        if (known is null or { Entries.Count: 0 })
        {
            return null;
        }

        if (content.IsEmpty)
        {
            return "is empty, as if it were being written";
        }

        return !AnchorStamp.IsSettled(_now, writtenAt) && known.CountMissing(content.Entries) is > 0 and var missing
            ? string.Create(CultureInfo.InvariantCulture, $"was written just now and lacks {missing} of its anchors")
            : null;
    }

    private void KeepDirectory(AnchorReading into, FileObstacle obstacle)
    {
        into.IsUnreadable = true;
        var files = previous?.FilesOf(into.Location) ?? [];
        foreach (var file in files)
        {
            into.Keep(file, "the directory " + obstacle.Text);
        }

        if (files.Count == 0)
        {
            into.Obstacle = obstacle.Text;
        }
    }
}
