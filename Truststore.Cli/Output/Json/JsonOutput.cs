using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Truststore.Cli.Output.Json;

/// <summary>Writes reports. Names and messages are those of <see cref="SafeText"/>; whatever else there is, such as the arguments, the encoder leaves ASCII of.</summary>
internal static class JsonOutput
{
    /// <summary>The version of all reports' schema. Grows when a member goes or changes its meaning, not when one is added.</summary>
    internal const int SchemaVersion = 1;

    internal static Task WriteAsync<T>(TextWriter output, T report, JsonTypeInfo<T> type) => output.WriteLineAsync(JsonSerializer.Serialize(report, type));
}
