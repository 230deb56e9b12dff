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
    /// <summary>CERT_ENHKEY_USAGE_PROP_ID.</summary>
    internal const uint UsageProperty = 9;

    /// <summary>The store of roots.</summary>
    internal const string Root = "Root";

    /// <summary>The store of distrusted certificates.</summary>
    internal const string Disallowed = "Disallowed";

    private const string Intermediates = "CA";

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

    /// <summary>The stores that decide, what is distrusted first.</summary>
    internal static IReadOnlyList<SystemStore> Stores { get; } =
    [
        new(SystemStoreLocation.CurrentUser, Disallowed),
        new(SystemStoreLocation.LocalMachine, Disallowed),
        new(SystemStoreLocation.CurrentUser, Root),
        new(SystemStoreLocation.LocalMachine, Root),
        new(SystemStoreLocation.CurrentUser, Intermediates),
        new(SystemStoreLocation.LocalMachine, Intermediates),
    ];

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
