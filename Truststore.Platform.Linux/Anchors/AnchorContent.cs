using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>What a file of anchors holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entries">Its anchors.</param>
internal sealed record AnchorContent(string Path, List<AnchorEntry> Entries)
{
    /// <summary>How many of the certificates are missing among others.</summary>
    internal int CountMissing(List<AnchorEntry> others)
    {
        var there = others.Select(static entry => entry.Der).ToHashSet(OctetsComparer.Instance);
        return Entries.Count(entry => !there.Contains(entry.Der));
    }
}
