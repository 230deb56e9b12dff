using System.Text.Json.Serialization;

namespace Truststore.Cli.Output.Json;

/// <summary>What came of a check or a verification.</summary>
internal enum Outcome
{
    /// <summary>Exit code 0.</summary>
    [JsonStringEnumMemberName("trusted")]
    Trusted,

    /// <summary>Exit code 1.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>Exit code 2.</summary>
    [JsonStringEnumMemberName("notConnected")]
    NotConnected,
}
