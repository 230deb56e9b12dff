using System.Text.Json.Serialization;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>One case of the conformance data, in the schema of x509-limbo.</summary>
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

    [JsonPropertyName("max_chain_depth")]
    public int? MaxChainDepth { get; init; }

    [JsonPropertyName("crls")]
    public IReadOnlyList<string> Crls { get; init; } = [];

    [JsonPropertyName("conflicts_with")]
    public IReadOnlyList<string> ConflictsWith { get; init; } = [];

    [JsonIgnore]
    public bool MustBeTrusted => ExpectedResult is "SUCCESS";

    /// <summary>The name that the peer must have.</summary>
    internal sealed record PeerName([property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("value")] string Value);
}
