namespace Truststore.Platform.Linux;

/// <summary>The distribution's trust anchors.</summary>
public sealed class LinuxSystemAnchors : SystemAnchors
{
    private readonly SystemAnchorSource _source;

    internal LinuxSystemAnchors(SystemAnchorSource source) => _source = source;

    /// <summary>The anchors of this machine.</summary>
    public static LinuxSystemAnchors Default => new(SystemAnchorSource.Default);

    /// <inheritdoc/>
    public override SystemAnchorsDescription Describe() => new(_source.Current.Entries.Count, [], [], default, 0);

    /// <inheritdoc/>
    public override IReadOnlyList<TrustAnchor> List() => [.. _source.Current.Entries.Select(e => e.Anchor).OfType<TrustAnchor>()];
}
