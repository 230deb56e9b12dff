using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Truststore.Platform.Linux;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>Reads the conformance data.</summary>
internal static class LimboData
{
    /// <summary>Names the folder that holds the data.</summary>
    internal const string Variable = "TRUSTSTORE_CONFORMANCE";

    private static readonly Lazy<IReadOnlyList<LimboCase>> s_cases = new(ReadFile);

    /// <summary>All cases; a missing folder skips the test with the reason, under CI it fails it.</summary>
    internal static IReadOnlyList<LimboCase> Cases()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            TestPrerequisites.Missing($"the conformance data: set {Variable} to the folder that holds limbo-dev.json.gz");
        }

        if (PublicSuffixFile.Content.IsEmpty)
        {
            TestPrerequisites.Missing("the public suffix list, which some cases are about: install the package publicsuffix");
        }

        return s_cases.Value;
    }

    /// <summary>All cases where the data is there, to be mutated and not to be answered.</summary>
    internal static IReadOnlyList<LimboCase> CasesOrNone => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? [] : s_cases.Value;

    /// <summary>Decodes a PEM block.</summary>
    internal static ReadOnlyMemory<byte> Decode(string pem)
    {
        var fields = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    /// <summary>Reads the cases of a suite.</summary>
    /// <param name="suite">The suite in JSON.</param>
    /// <exception cref="JsonException">It is not of the schema.</exception>
    internal static IReadOnlyList<LimboCase> Read(Stream suite) =>
        JsonSerializer.Deserialize<Suite>(suite, JsonSerializerOptions.Web)!.Testcases;

    private static IReadOnlyList<LimboCase> ReadFile()
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable(Variable)!, "limbo-dev.json.gz");
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return Read(file);
    }

    private sealed record Suite(IReadOnlyList<LimboCase> Testcases);
}
