namespace Truststore.Cli.Probing;

/// <summary>What came of an attempt to connect: a verdict, or an error.</summary>
/// <param name="Connection">What was negotiated, or <see langword="null"/> when there was no handshake.</param>
/// <param name="Verdict">The verdict on the peer's chain, or <see langword="null"/> when it did not come to one.</param>
/// <param name="Error">Why there is no verdict; <see langword="null"/> when there is one.</param>
internal sealed record ProbeResult(ConnectionDetails? Connection, ChainVerificationResult? Verdict, string? Error)
{
    /// <summary>There is no verdict.</summary>
    /// <param name="error">Why; what servers and the system say in it is shown as text and nothing else.</param>
    internal static ProbeResult Failed(string error) => new(null, null, SafeText.Show(error));
}
