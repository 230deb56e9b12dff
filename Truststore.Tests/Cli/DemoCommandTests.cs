using NSubstitute;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

internal sealed class DemoCommandTests
{
    [Test]
    public async Task Demo_OnThisMachine_ShowsNineExpectedVerdictsAndReturns0()
    {
        var run = await CliRun.RunAsync("demo");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
            Assert.That(run.Out, Does.Contain("9 of 9 verdicts are as expected."));
        });
    }

    private static readonly (string Server, FailureReason? Reason)[] s_expected =
    [
        ("trusted", null),
        ("wrong host", FailureReason.HostnameMismatch),
        ("expired", FailureReason.Expired),
        ("not yet valid", FailureReason.NotYetValid),
        ("unknown CA", FailureReason.IssuerNotFound),
        ("missing intermediate", FailureReason.IssuerNotFound),
        ("self-signed", FailureReason.SelfSigned),
        ("weak key (RSA-1024)", FailureReason.WeakKey),
        ("wrong EKU (client only)", FailureReason.InvalidExtendedKeyUsage),
    ];

    [Test]
    public async Task Demo_EachServer_IsJudgedForItsReason()
    {
        using var scenarios = new DemoScenarios(CliRun.Now);
        var context = TlsContext.CreateDefault(useSystemAnchors: false);
        context.TimeProvider = new FixedTimeProvider(CliRun.Now);
        context.LoadVerifyLocations(caData: scenarios.RootPem);

        var outcomes = await DemoRunner.RunAsync(scenarios.All, context, CliRun.CreateEnvironment(TextWriter.Null, TextWriter.Null), CancellationToken.None);

        var verdicts = outcomes.Select(o => (o.Scenario.Name, o.Result.Verdict?.Failures.Count > 0 ? o.Result.Verdict.Failures[0].Reason : (FailureReason?)null));
        Assert.Multiple(() =>
        {
            Assert.That(verdicts, Is.EqualTo(s_expected));
            Assert.That(outcomes.Select(o => o.Result.Verdict?.IsTrusted), Is.EqualTo(s_expected.Select(e => (bool?)(e.Reason is null))));
            Assert.That(outcomes.Where(o => o.Result.Verdict!.Failures.Count > 1), Is.Empty);
        });
    }

    [Test]
    public async Task Demo_VerifierThatTrustsEveryone_Returns1AndNamesWhatWasExpected()
    {
        var gullible = Substitute.For<IChainVerifier>();
        gullible.Verify(Arg.Any<ChainVerificationRequest>()).Returns(call =>
        {
            var request = call.Arg<ChainVerificationRequest>();
            return ChainVerificationResult.Trusted(request, [CertificateInfo.Parse(request.PeerChain[0].RawData.Span)]);
        });

        var run = await CliRun.RunAsync(e => e with { CreateContext = _ => new TlsContext(gullible) }, ["demo"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Contain("1 of 9 verdicts are as expected."));
            Assert.That(run.Out, Does.Contain("trusted; expected HostnameMismatch"));
        });
    }

    [Test]
    public async Task Demo_SystemWithoutAnchors_RunsAndSaysSo()
    {
        var run = await CliRun.RunAsync(
            e => e with { CreateContext = useSystemAnchors => useSystemAnchors ? throw new SystemAnchorsNotFoundException("none", []) : TlsContext.CreateDefault(useSystemAnchors: false) },
            ["demo"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Out);
            Assert.That(run.Out, Does.Contain("This system has no trust anchors"));
        });
    }
}
