using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Truststore;

/// <summary>The names under which verifications can be observed, for OpenTelemetry and other listeners.</summary>
/// <remarks>Host names, certificates and keys are in none of it.</remarks>
public static class TruststoreDiagnostics
{
    /// <summary>The name of the <see cref="Meter"/> and of the <see cref="ActivitySource"/>.</summary>
    public const string Name = "Truststore";

    /// <summary>A counter of judged peer chains, with <see cref="OutcomeTag"/>, <see cref="PurposeTag"/> and, where rejected, <see cref="ReasonTag"/>.</summary>
    public const string VerificationsCounter = "truststore.verifications";

    /// <summary>A histogram of how long judging took, in seconds, with the same tags.</summary>
    public const string DurationHistogram = "truststore.verification.duration";

    /// <summary>A counter of verdicts that <see cref="CachingChainVerifier"/> remembered.</summary>
    public const string CacheHitsCounter = "truststore.verdict_cache.hits";

    /// <summary>The span of one verification, with the same tags; its status is an error where the chain is rejected.</summary>
    public const string VerificationActivity = "truststore.verify";

    /// <summary><c>trusted</c>, <c>rejected</c>, or <c>failed</c> where the verifier threw.</summary>
    public const string OutcomeTag = "truststore.outcome";

    /// <summary>Whom the chain is of: <c>server</c> or <c>client</c>.</summary>
    public const string PurposeTag = "truststore.peer";

    /// <summary>The first <see cref="FailureReason"/>.</summary>
    public const string ReasonTag = "truststore.reason";
}
