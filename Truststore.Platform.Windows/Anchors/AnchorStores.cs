using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows.Anchors;

/// <summary>The stores that decide what is trusted.</summary>
internal static class AnchorStores
{
    /// <summary>CERT_ENHKEY_USAGE_PROP_ID: what a root is trusted for.</summary>
    internal const uint UsageProperty = 9;

    /// <summary>The store of roots.</summary>
    internal const string Root = "Root";

    /// <summary>The store of distrusted certificates.</summary>
    internal const string Disallowed = "Disallowed";

    private const string Intermediates = "CA";

    /// <summary>All of them, what is distrusted first.</summary>
    internal static IReadOnlyList<SystemStore> All { get; } =
    [
        new(SystemStoreLocation.CurrentUser, Disallowed),
        new(SystemStoreLocation.LocalMachine, Disallowed),
        new(SystemStoreLocation.CurrentUser, Root),
        new(SystemStoreLocation.LocalMachine, Root),
        new(SystemStoreLocation.CurrentUser, Intermediates),
        new(SystemStoreLocation.LocalMachine, Intermediates),
    ];
}
