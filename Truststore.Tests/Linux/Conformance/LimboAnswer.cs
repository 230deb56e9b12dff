namespace Truststore.Tests.Linux.Conformance;

/// <summary>What a verifier answered to a case.</summary>
/// <param name="Request">The first request that was rejected, or the first of all.</param>
/// <param name="Result">The answer to that request, or to the last one where all were trusted.</param>
/// <param name="Objection">Why the case is rejected; null where everything that it asks for is there.</param>
internal sealed record LimboAnswer(ChainVerificationRequest Request, ChainVerificationResult Result, string? Objection)
{
    internal bool IsTrusted => Objection is null;
}
