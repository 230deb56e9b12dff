using System.Runtime.Versioning;
using Truststore.Platform.MacOS.Anchors;

namespace Truststore.Platform.MacOS;

/// <summary>The anchors of macOS, to look at: the roots that are trusted without a condition, and those that trust settings of the user, the administrator or Apple make anchors for TLS.</summary>
/// <remarks>
/// <para>A certificate that trust settings deny is left out; where domains disagree, the user's settings override the administrator's, and these Apple's. Entries for one program or one host are not counted.</para>
/// <para>Read anew at each call, which takes a while; verifications do not use the list, SecTrust has its own.</para>
/// </remarks>
[SupportedOSPlatform("macos")]
public sealed class MacOSSystemAnchors : SystemAnchors
{
    private readonly TimeProvider _timeProvider;

    /// <summary>Describes this machine's anchors.</summary>
    public MacOSSystemAnchors()
        : this(TimeProvider.System)
    {
    }

    internal MacOSSystemAnchors(TimeProvider timeProvider) => _timeProvider = timeProvider;

    /// <inheritdoc/>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    public override SystemAnchorsDescription Describe()
    {
        var reading = new AnchorReading();
        return new SystemAnchorsDescription(reading.Anchors.Count, [.. reading.Tried.Where(t => t.Count > 0)], reading.Tried, _timeProvider.GetUtcNow(), Generation: 0);
    }

    /// <inheritdoc/>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    public override IReadOnlyList<TrustAnchor> List() => new AnchorReading().Anchors;
}
