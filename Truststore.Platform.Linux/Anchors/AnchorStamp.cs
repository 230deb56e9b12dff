using System.Globalization;
using System.Text;

namespace Truststore.Platform.Linux;

/// <summary>What files and directories look like from outside; two equal stamps mean that nothing has changed in between.</summary>
/// <remarks>
/// For each file: length, time of the last write, where a link leads in the end, and the last write of the directory it lies in, which betrays a file that was replaced by another of
/// the same length and time. A file that was written within <see cref="s_granularity"/> of the stamp may change once more without a new time: see <see cref="IsSettledAt"/>.
/// </remarks>
internal sealed class AnchorStamp
{
    // The coarsest times in use: two seconds on FAT, one on older file systems.
    private static readonly TimeSpan s_granularity = TimeSpan.FromSeconds(2);

    private readonly StringBuilder _text = new();
    private DateTime _newest;

    /// <summary>Compares the stamps.</summary>
    internal bool IsSameAs(AnchorStamp other) => _text.Equals(other._text);

    /// <summary>Whether a later change is sure to show, for a stamp that was taken at the given time.</summary>
    internal bool IsSettledAt(DateTimeOffset time) => (time.UtcDateTime - _newest).Duration() > s_granularity;

    internal void Add(AnchorLocation location)
    {
        if (location.IsDirectory)
        {
            AddTime(location.Path, Directory.Exists(location.Path) ? Directory.GetLastWriteTimeUtc(location.Path) : default);
            foreach (var file in HashedDirectory.List(location.Path))
            {
                AddFile(file);
            }
        }
        else
        {
            AddFile(location.Path);
        }
    }

    private void AddFile(string path)
    {
        if (!File.Exists(path))
        {
            _text.Append(path).Append(" -\n");
            return;
        }

        try
        {
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            using var handle = File.OpenHandle(path);
            _text.Append(path).Append(' ').Append(RandomAccess.GetLength(handle).ToString(CultureInfo.InvariantCulture)).Append(' ');
            AddTime(target, File.GetLastWriteTimeUtc(handle));
            var directory = Path.GetDirectoryName(target)!;
            AddTime(directory, Directory.GetLastWriteTimeUtc(directory));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _text.Append(path).Append(" !\n");
        }
    }

    private void AddTime(string path, DateTime time)
    {
        _newest = time > _newest ? time : _newest;
        _text.Append(path).Append(' ').Append(time.Ticks.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
