namespace Truststore.Platform.Linux;

/// <summary>Why a file of anchors was not read.</summary>
/// <param name="Text">What is wrong with the file.</param>
/// <param name="IsTemporary">Whether the file exists and may be readable later, so that its earlier anchors stay in
/// use.</param>
internal sealed record FileObstacle(string Text, bool IsTemporary = false)
{
    internal static FileObstacle NotRegular(string kind) => new($"is {kind}, not a regular file");

    internal static FileObstacle Unreadable(string error) => new("cannot be read: " + error, IsTemporary: true);

    internal static FileObstacle Missing(string path)
    {
        var target = new FileInfo(path).LinkTarget;
        return new FileObstacle(target is null ? "does not exist" : $"is a link to {SafeText.Show(target)}, which does not exist");
    }
}
