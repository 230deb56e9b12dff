namespace Truststore.Certificates;

/// <summary>The extensions of one certificate that bear on the verdict, decoded. Written once by <see cref="ExtensionDecoder"/>.</summary>
internal sealed class DecodedExtensions
{
    private Dictionary<string, string>? _errors;

    internal BasicConstraints? BasicConstraints { get; set; }

    internal int? KeyUsage { get; set; }

    internal IReadOnlyList<string>? ExtendedKeyUsages { get; set; }

    internal IReadOnlyList<GeneralName>? SubjectAlternativeNames { get; set; }

    internal NameConstraintSet? NameConstraints { get; set; }

    internal ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; set; }

    internal AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; set; }

    internal IReadOnlyList<string>? CertificatePolicies { get; set; }

    internal IReadOnlyList<PolicyMapping>? PolicyMappings { get; set; }

    internal PolicyConstraintSet? PolicyConstraints { get; set; }

    internal int? InhibitAnyPolicy { get; set; }

    /// <summary>What could not be decoded: object identifier to what is wrong.</summary>
    internal IReadOnlyDictionary<string, string> Errors => _errors ?? s_none;

    internal void AddError(string oid, string error) => (_errors ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(oid, error);

    private static readonly Dictionary<string, string> s_none = [];
}
