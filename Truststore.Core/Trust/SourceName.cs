namespace Truststore.Trust;

/// <summary>Names a source of trust data in messages.</summary>
internal static class SourceName
{
    /// <summary>What data that came as an argument is called.</summary>
    internal const string Data = "caData";

    /// <summary>The whole name in quotation marks, without control characters: those could forge lines of a log.</summary>
    internal static string Quote(string source) => string.Create(source.Length + 2, source, static (span, name) =>
    {
        span[0] = span[^1] = '\'';
        for (var i = 0; i < name.Length; i++)
        {
            span[i + 1] = char.IsControl(name[i]) ? '\uFFFD' : name[i];
        }
    });
}
