namespace Truststore.Platform.Windows.Interop;

/// <summary>One of Windows' certificate stores.</summary>
/// <param name="Location">Whose it is.</param>
/// <param name="Name">Its name in the registry.</param>
internal readonly record struct SystemStore(SystemStoreLocation Location, string Name)
{
    public override string ToString() => $@"{Location}\{Name}";
}
