using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Truststore.Diagnostics;

/// <summary>Counts and times verifications for who listens; costs next to nothing where nobody does. Nothing of a certificate or a name is in it but the reason of a failure.</summary>
internal static class VerificationTelemetry
{
    private const string Trusted = "trusted";
    private const string Rejected = "rejected";
    private const string Failed = "failed";

    private static readonly Meter s_meter = new(TruststoreDiagnostics.Name);
    private static readonly ActivitySource s_source = new(TruststoreDiagnostics.Name);

    private static readonly Counter<long> s_verifications = s_meter.CreateCounter<long>(
        TruststoreDiagnostics.VerificationsCounter, "{verification}", "How many peer chains were judged.");

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        TruststoreDiagnostics.DurationHistogram, "s", "How long judging a peer chain took.");

    private static readonly Counter<long> s_cacheHits = s_meter.CreateCounter<long>(
        TruststoreDiagnostics.CacheHitsCounter, "{verdict}", "How many verdicts were remembered ones.");

    /// <summary>Whether anybody listens.</summary>
    internal static bool IsEnabled => s_verifications.Enabled || s_duration.Enabled || s_source.HasListeners();

    /// <summary>Has a verifier answer a request, and tells the listeners.</summary>
    internal static ChainVerificationResult Verify(IChainVerifier verifier, ChainVerificationRequest request)
    {
        if (!IsEnabled)
        {
            return verifier.Verify(request);
        }

        using var activity = s_source.StartActivity(TruststoreDiagnostics.VerificationActivity);
        var start = Stopwatch.GetTimestamp();
        ChainVerificationResult? result = null;
        try
        {
            return result = verifier.Verify(request);
        }
        finally
        {
            Record(activity, request, result, Stopwatch.GetElapsedTime(start));
        }
    }

    internal static void CountCacheHit() => s_cacheHits.Add(1);

    private static void Record(Activity? activity, ChainVerificationRequest request, ChainVerificationResult? result, TimeSpan elapsed)
    {
        var tags = new TagList
        {
            { TruststoreDiagnostics.OutcomeTag, result is null ? Failed : result.IsTrusted ? Trusted : Rejected },
            { TruststoreDiagnostics.PurposeTag, request.Purpose == PeerPurpose.ClientAuthentication ? "client" : "server" },
        };
        if (result is { IsTrusted: false })
        {
            tags.Add(TruststoreDiagnostics.ReasonTag, result.Failures[0].Reason.ToString());
        }

        s_verifications.Add(1, tags);
        s_duration.Record(elapsed.TotalSeconds, tags);
        if (activity is null)
        {
            return;
        }

        foreach (var (key, value) in tags)
        {
            activity.SetTag(key, value);
        }

        if (result is not { IsTrusted: true })
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
