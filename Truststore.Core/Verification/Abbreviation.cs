namespace Truststore;

/// <summary>Keeps texts that a peer has a hand in short: they go into logs.</summary>
internal static class Abbreviation
{
    /// <summary>The text, cut off behind so many characters and then ended by an ellipsis.</summary>
    internal static string Shorten(string text, int maxLength) => text.Length <= maxLength
        ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength), "…");
}
