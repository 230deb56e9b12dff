namespace Truststore;

/// <summary>What came of verifying a stream's peer.</summary>
/// <param name="Result">The verdict; a rejection where <paramref name="Error"/> is there.</param>
/// <param name="Error">What ended the verification, or null: a rejection, or an exception of the verifier's or the observer's.</param>
internal sealed record HandshakeOutcome(ChainVerificationResult Result, Exception? Error = null);
