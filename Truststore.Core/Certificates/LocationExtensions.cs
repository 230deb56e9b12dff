namespace Truststore.Certificates;

/// <summary>What a certificate says about where things can be fetched. Written once by <see cref="LocationDecoder"/>.</summary>
internal sealed class LocationExtensions
{
    private static readonly Dictionary<string, string> s_none = [];

    private Dictionary<string, string>? _errors;

    internal IReadOnlyList<string> CaIssuersUrls { get; set; } = [];

    internal IReadOnlyList<string> OcspUrls { get; set; } = [];

    internal IReadOnlyList<string> CrlDistributionPointUrls { get; set; } = [];

    /// <summary>What could not be decoded: object identifier to what is wrong.</summary>
    internal IReadOnlyDictionary<string, string> Errors => _errors ?? s_none;

    internal void AddError(string oid, string error) => (_errors ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(oid, error);
}
