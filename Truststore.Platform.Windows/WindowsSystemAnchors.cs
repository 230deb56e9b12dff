using System.Runtime.Versioning;
using Truststore.Platform.Windows.Anchors;
using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows;

/// <summary>The anchors of Windows, to look at: the roots of the user and the machine that are not distrusted.</summary>
/// <remarks>
/// <para>Windows fetches roots of Microsoft's programme when it meets them first, so that more may count than are listed. Verifications do not use the list; CryptoAPI has its own.</para>
/// <para>Read anew at each call, which takes some milliseconds.</para>
/// </remarks>
[SupportedOSPlatform("windows")]
public sealed class WindowsSystemAnchors : SystemAnchors
{
    private readonly ICryptoApi _api;
    private readonly TimeProvider _timeProvider;

    /// <summary>Describes this machine's anchors.</summary>
    public WindowsSystemAnchors()
        : this(CryptoApi.Instance, TimeProvider.System)
    {
    }

    internal WindowsSystemAnchors(ICryptoApi api, TimeProvider timeProvider)
    {
        _api = api;
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    public override SystemAnchorsDescription Describe()
    {
        var reading = new StoreReading(_api);
        return new SystemAnchorsDescription(reading.Anchors.Count, [.. reading.Tried.Where(t => t.Count > 0)], reading.Tried, _timeProvider.GetUtcNow(), Generation: 0);
    }

    /// <inheritdoc/>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    public override IReadOnlyList<TrustAnchor> List() => new StoreReading(_api).Anchors;
}
