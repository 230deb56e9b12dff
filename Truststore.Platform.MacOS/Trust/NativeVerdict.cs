namespace Truststore.Platform.MacOS.Trust;

/// <summary>What SecTrust said of a chain, copied out of its objects.</summary>
/// <param name="IsTrusted">Whether it said yes, and nothing else that contradicts.</param>
/// <param name="Chain">The chain that it built, end-entity certificate first; empty when it gave none.</param>
/// <param name="Code">The OSStatus of its error; null where it gave none.</param>
/// <param name="Text">What is wrong, in its words and with its code.</param>
internal sealed record NativeVerdict(bool IsTrusted, IReadOnlyList<ReadOnlyMemory<byte>> Chain, int? Code = null, string Text = "");
