using System.Globalization;
using System.Text;

namespace Truststore.Platform.Linux;

/// <summary>What files and directories look like from outside; two equal stamps mean that nothing has changed in between.</summary>
/// <remarks>
/// Of a file its length and last write, and the last write of the directory it is in: that tells of a link that leads elsewhere and of a file that was replaced by another of the
/// same length and time. A file that was written just before the stamp is taken may change once more without a new
/// time: see <see cref="AreAllSettled"/>.
/// </remarks>
internal sealed class AnchorStamp(DateTimeOffset takenAt)
{
    // The coarsest times in use: two seconds on FAT, one on older file systems.
    private static readonly TimeSpan s_granularity = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset _takenAt = takenAt;
    private readonly StringBuilder _text = new();

    internal bool IsSameAs(AnchorStamp other) => _text.Equals(other._text);

    /// <summary>Whether a later change is sure to show.</summary>
    internal bool AreAllSettled { get; private set; } = true;

    /// <summary>Whether something that is written once more will have a new time of its last write.</summary>
    /// <param name="now">The time at which it was looked at.</param>
    /// <param name="writtenAt">When it was written last, by then.</param>
    internal static bool IsSettled(DateTimeOffset now, DateTime writtenAt) => (now.UtcDateTime - writtenAt).Duration() > s_granularity;

    internal void Add(AnchorLocation location)
    {
        if (!location.IsDirectory)
        {
            AddFile(location.Path);
            AddDirectory(Path.GetDirectoryName(location.Path));
            return;
        }

        AddDirectory(location.Path);
        if (HashedDirectory.TryList(location.Path, out var files) is { } obstacle)
        {
            AddObstacle(location.Path, obstacle);
        }

        foreach (var file in files)
        {
            AddFile(file);
        }
    }

    private void AddDirectory(string? path) => AddTime(path, Directory.Exists(path) ? Directory.GetLastWriteTimeUtc(path) : default);

    private void AddFile(string path)
    {
        using var handle = AnchorFile.Open(path, out var obstacle);
        if (handle is null)
        {
            AddObstacle(path, obstacle!);
            return;
        }

        _text.Append(CultureInfo.InvariantCulture, $"{RandomAccess.GetLength(handle)} ");
        AddTime(path, File.GetLastWriteTimeUtc(handle));
    }

    private void AddObstacle(string path, FileObstacle obstacle) => _text.Append(path).Append(' ').Append(obstacle.Text).Append('\n');

    private void AddTime(string? path, DateTime time)
    {
        AreAllSettled &= IsSettled(_takenAt, time);
        _text.Append(CultureInfo.InvariantCulture, $"{path} {time.Ticks}\n");
    }
}
