using System.Text.Json.Serialization;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>
/// One case of the conformance data, in the schema of x509-limbo. Members that are not in the schema are refused, so that nothing that a
/// suite asks for is ignored.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LimboCase
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("validation_kind")]
    public required string ValidationKind { get; init; }

    [JsonPropertyName("trusted_certs")]
    public required IReadOnlyList<string> TrustedCerts { get; init; }

    [JsonPropertyName("untrusted_intermediates")]
    public required IReadOnlyList<string> UntrustedIntermediates { get; init; }

    [JsonPropertyName("peer_certificate")]
    public required string PeerCertificate { get; init; }

    [JsonPropertyName("validation_time")]
    public DateTimeOffset? ValidationTime { get; init; }

    [JsonPropertyName("expected_result")]
    public required string ExpectedResult { get; init; }

    [JsonPropertyName("expected_peer_name")]
    public PeerName? ExpectedPeerName { get; init; }

    /// <summary>Names that the peer must have besides, all of them.</summary>
    [JsonPropertyName("expected_peer_names")]
    public IReadOnlyList<PeerName>? ExpectedPeerNames { get; init; }

    /// <summary>Key usages that the end-entity certificate must allow, all of them.</summary>
    [JsonPropertyName("key_usage")]
    public IReadOnlyList<string>? KeyUsage { get; init; }

    /// <summary>Extended key usages that the path must allow, all of them; where there are none, that of the kind of validation.</summary>
    [JsonPropertyName("extended_key_usage")]
    public IReadOnlyList<string>? ExtendedKeyUsage { get; init; }

    /// <summary>The only signature algorithms that are to be accepted, where there are any.</summary>
    [JsonPropertyName("signature_algorithms")]
    public IReadOnlyList<string>? SignatureAlgorithms { get; init; }

    [JsonPropertyName("max_chain_depth")]
    public int? MaxChainDepth { get; init; }

    [JsonPropertyName("crls")]
    public IReadOnlyList<string>? Crls { get; init; }

    [JsonPropertyName("conflicts_with")]
    public IReadOnlyList<string>? ConflictsWith { get; init; }

    // What says nothing to a verifier.
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    [JsonPropertyName("features")]
    public IReadOnlyList<string>? Features { get; init; }

    [JsonPropertyName("importance")]
    public string? Importance { get; init; }

    [JsonPropertyName("peer_certificate_key")]
    public string? PeerCertificateKey { get; init; }

    [JsonIgnore]
    public bool MustBeTrusted => ExpectedResult is "SUCCESS";

    /// <summary>A name that the peer must have.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record PeerName([property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("value")] string Value);
}
