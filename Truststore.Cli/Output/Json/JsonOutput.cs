using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Truststore.Cli.Output.Json;

/// <summary>Writes reports. The encoder leaves ASCII only, so that no text of a peer's reaches a terminal raw.</summary>
internal static class JsonOutput
{
    /// <summary>The version of all reports' schema. Grows when a member goes or changes its meaning, not when one is added.</summary>
    internal const int SchemaVersion = 1;

    internal static Task WriteAsync<T>(TextWriter output, T report, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(report, type));
}
