namespace Truststore.Platform.Linux;

/// <summary>One place where anchors may be.</summary>
/// <param name="Path">The file or directory, absolute, under the root folder.</param>
/// <param name="IsDirectory">Whether it is a directory of files named by subject hash.</param>
/// <param name="Origin">Who names the place: a variable or distributions.</param>
internal sealed record AnchorLocation(string Path, bool IsDirectory, string Origin);
