using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Truststore.Tests.Contract;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Diagnostics;

/// <summary>What listeners are told. Other tests verify at the same time: each test looks for what only it can have caused.</summary>
internal sealed class VerificationTelemetryTests
{
    private static readonly ReadOnlyMemory<byte>[] s_goodChain = [.. ContractPki.Instance.Server.ServerChain.Select(c => c.Der)];

    [Test]
    public void VerifyChain_Listeners_AreToldOutcomeAndReason()
    {
        var measured = new ConcurrentBag<(string Instrument, string Outcome, string? Reason)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (string.Equals(instrument.Meter.Name, TruststoreDiagnostics.Name, StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        listener.Start();

        Context().VerifyChain(s_goodChain, ContractPki.Host);
        Context().VerifyChain([], ContractPki.Host);

        Assert.That(measured, Is.SupersetOf(new[]
        {
            (TruststoreDiagnostics.VerificationsCounter, "trusted", (string?)null),
            (TruststoreDiagnostics.DurationHistogram, "trusted", null),
            (TruststoreDiagnostics.VerificationsCounter, "rejected", nameof(FailureReason.EmptyChain)),
        }));

        void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var byName = tags.ToArray().ToDictionary(t => t.Key, t => t.Value as string, StringComparer.Ordinal);
            measured.Add((instrument.Name, byName.GetValueOrDefault(TruststoreDiagnostics.OutcomeTag) ?? string.Empty, byName.GetValueOrDefault(TruststoreDiagnostics.ReasonTag)));
        }
    }

    [Test]
    public void VerifyChain_RememberedVerdict_IsCounted()
    {
        var hits = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (string.Equals(instrument.Name, TruststoreDiagnostics.CacheHitsCounter, StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref hits, value));
        listener.Start();
        var verifier = new CachingChainVerifier(LinuxVerifiers.WithoutSystemAnchors);
        var request = ContractPki.Request(ContractPki.Instance.Server.ServerChain);

        verifier.Verify(request);
        verifier.Verify(request);

        Assert.That(Interlocked.Read(ref hits), Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void VerifyChain_ActivityListener_GetsASpanWithNothingOfThePeerInIt()
    {
        var spans = new ConcurrentBag<Activity>();
        using var parent = new Activity("test");
        parent.Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, TruststoreDiagnostics.Name, StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);

        Context().VerifyChain([], ContractPki.Host);

        var span = spans.Single(s => string.Equals(s.ParentId, parent.Id, StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(span.OperationName, Is.EqualTo(TruststoreDiagnostics.VerificationActivity));
            Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Error));
            Assert.That(span.GetTagItem(TruststoreDiagnostics.ReasonTag), Is.EqualTo(nameof(FailureReason.EmptyChain)));
            Assert.That(span.TagObjects.Select(t => t.Value?.ToString()), Has.None.Contains(ContractPki.Host));
        }
    }

    [Test]
    public void VerificationObserver_EachVerdict_IsHandedOver()
    {
        var seen = new List<ChainVerificationResult>();
        var context = Context();
        context.VerificationObserver = seen.Add;

        var verdicts = new[] { context.VerifyChain(s_goodChain, ContractPki.Host), context.VerifyChain([], ContractPki.Host) };

        Assert.That(seen, Is.EqualTo(verdicts));
    }

    private static TlsContext Context()
    {
        var context = new TlsContext(LinuxVerifiers.WithoutSystemAnchors) { TimeProvider = new ManualTimeProvider(ContractPki.Now), UseSystemAnchors = false };
        context.LoadVerifyLocations(caData: ContractPki.Instance.Ca.RootPem);
        return context;
    }
}
