namespace Truststore.Trust;

/// <summary>Names a source of trust data in messages.</summary>
internal static class SourceName
{
    /// <summary>What data that came as an argument is called.</summary>
    internal const string Data = "caData";

    /// <summary>The name in quotation marks, as <see cref="SafeText"/> shows it: a file's name can have anything in it.</summary>
    internal static string Quote(string source) => $"'{SafeText.Show(source)}'";
}
