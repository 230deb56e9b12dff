using Truststore.Platform.Windows;
using Truststore.Tests.Linux.Conformance;

namespace Truststore.Tests.Windows.Native;

/// <summary>The conformance data over crypt32: no crash, no hang; what is answered otherwise is listed.</summary>
internal sealed class ConformanceTests
{
    /// <summary>Of processor time, so that it does not matter what else the machine does; the fixture has the process for itself.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    /// <summary>Cases that the suite's other authority answers the other way; docs/conformance.md has the twins side by side.</summary>
    private static readonly string[] s_contradicted = ["rfc5280::nc::permitted-dns-match-noncritical"];

    [Test]
    public void Verify_SuiteInStrictProfile_AcceptsNothingThatMustBeRejected()
    {
        var cases = LimboData.CasesOrNone;
        if (cases.Count == 0)
        {
            TestPrerequisites.Missing($"the conformance data: set {LimboData.Variable} to the folder that holds limbo-dev.json.gz");
        }

        var verifier = new WindowsChainVerifier();
        var accepted = new List<string>();
        var rejected = new List<(string Suite, FailureReason Reason, bool IsNative)>();
        var slow = new List<string>();
        foreach (var testCase in cases)
        {
            var before = Environment.CpuUsage.TotalTime;
            var answer = LimboQuestion.Of(testCase, TlsVerifyFlags.X509Strict).Ask(verifier);
            if (Environment.CpuUsage.TotalTime - before > s_longest)
            {
                slow.Add(testCase.Id);
            }

            if (answer.IsTrusted && !testCase.MustBeTrusted)
            {
                accepted.Add(testCase.Id);
            }
            else if (!answer.IsTrusted && testCase.MustBeTrusted)
            {
                var failure = answer.Result.Failures.FirstOrDefault(new VerificationFailure(FailureReason.Other, answer.Objection!));
                rejected.Add((string.Join("::", testCase.Id.Split("::")[..^1]), failure.Reason, failure.NativeCode is not null));
            }
        }

        Report(cases.Count, accepted, rejected);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted.Except(s_contradicted, StringComparer.Ordinal), Is.Empty);
            Assert.That(slow, Is.Empty);
        }
    }

    private static void Report(int count, List<string> accepted, List<(string Suite, FailureReason Reason, bool IsNative)> rejected)
    {
        TestContext.Out.WriteLine($"{count} cases in the Strict profile; {accepted.Count} accepted that must be rejected, {rejected.Count} rejected that must be accepted");
        foreach (var id in accepted)
        {
            TestContext.Out.WriteLine($"  accepted: {id}");
        }

        foreach (var group in rejected.GroupBy(r => r).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Suite, StringComparer.Ordinal))
        {
            TestContext.Out.WriteLine($"  rejected by {(group.Key.IsNative ? "crypt32" : "Core")}: {group.Key.Suite}, {group.Key.Reason}: {group.Count()}");
        }
    }
}
