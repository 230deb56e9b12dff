using System.Text.Json.Serialization;

namespace Truststore.Cli.Output.Json;

/// <summary>How reports become JSON: camel case, indented, every member there, enumerations by name.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckReport))]
[JsonSerializable(typeof(VerifyReport))]
[JsonSerializable(typeof(AnchorsReport))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
