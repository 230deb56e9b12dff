namespace Truststore.Tests.Linux.Conformance;

/// <summary>The conformance data against the Linux verifier: x509-limbo and BetterTLS.</summary>
internal sealed class ConformanceTests
{
    /// <summary>
    /// Cases that the suite itself declares, or shows by a twin, to contradict another one: RFC 5280 alone asks for one answer, the CA/Browser Forum's requirements for the other.
    /// The Strict profile is both, and follows the Forum; docs/conformance.md has the twins side by side.
    /// </summary>
    private static readonly Dictionary<string, string> s_contradicted = new(StringComparer.Ordinal)
    {
        ["rfc5280::nc::permitted-dns-match-noncritical"] = "webpki::nc::permitted-dns-match-noncritical",
        ["pathlen::validation-ignores-pathlen-in-leaf"] = "webpki::ca-as-leaf",
    };

    private static readonly string[] s_suites = ["bettertls", "crl", "cve", "online", "pathlen", "pathological", "rfc5280", "webpki"];

    [Test]
    public void Verify_SuiteInStrictProfile_AnswersAsExpected([ValueSource(nameof(s_suites))] string suite, [Values] SentChain sent)
    {
        var wrong = new List<string>();
        foreach (var testCase in Cases(suite))
        {
            var answer = Ask(testCase, TlsVerifyFlags.X509Strict, sent);
            if (answer.IsTrusted != (testCase.MustBeTrusted ^ s_contradicted.ContainsKey(testCase.Id)))
            {
                wrong.Add($"{testCase.Id}: {(answer.IsTrusted ? "accepted" : "rejected, " + answer.Objection)}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Verify_SuiteInCompatibleProfile_RejectsNothingThatMustPass([ValueSource(nameof(s_suites))] string suite, [Values] SentChain sent)
    {
        var wrong = new List<string>();
        foreach (var testCase in Cases(suite).Where(c => c.MustBeTrusted))
        {
            var answer = Ask(testCase, TlsVerifyFlags.None, sent);
            if (!answer.IsTrusted)
            {
                wrong.Add($"{testCase.Id}: {answer.Objection}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Verify_SuiteSentOtherwise_GivesTheSameVerdictInTheCompatibleProfile([ValueSource(nameof(s_suites))] string suite, [Values(SentChain.Shuffled, SentChain.AmongStrangers)] SentChain sent)
    {
        var different = new List<string>();
        foreach (var testCase in Cases(suite))
        {
            var asSent = Ask(testCase, TlsVerifyFlags.None, SentChain.InOrder).IsTrusted;
            if (Ask(testCase, TlsVerifyFlags.None, sent).IsTrusted != asSent)
            {
                different.Add($"{testCase.Id}: {(asSent ? "accepted" : "rejected")} as it is");
            }
        }

        Assert.That(different, Is.Empty);
    }

    [Test]
    public void Verify_ContradictedCase_HasATwinThatIsAnsweredAsExpected()
    {
        var cases = LimboData.Cases().ToDictionary(c => c.Id, StringComparer.Ordinal);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (id, twin) in s_contradicted)
            {
                Assert.That(cases[id].ExpectedResult, Is.Not.EqualTo(cases[twin].ExpectedResult));
            }
        }
    }

    /// <summary>A case that asks for what no request can ask for would be passed by ignoring that.</summary>
    [Test]
    public void Verify_WholeSuite_AsksForNothingUnsupported()
    {
        var unsupported = LimboData.Cases().Where(c => LimboQuestion.FindUnsupported(c) is not null);

        Assert.That(unsupported.Select(c => $"{c.Id}: {LimboQuestion.FindUnsupported(c)}"), Is.Empty);
    }

    private static LimboAnswer Ask(LimboCase testCase, TlsVerifyFlags flags, SentChain sent) =>
        LimboQuestion.Of(testCase, flags).Ask(LinuxVerifiers.WithoutSystemAnchors, request => SentChains.Rearrange(request, sent));

    private static IEnumerable<LimboCase> Cases(string suite)
    {
        var cases = LimboData.Cases().Where(c => c.Id.StartsWith(suite + "::", StringComparison.Ordinal)).ToList();
        Assert.That(cases, Is.Not.Empty);
        return cases.Where(c => LimboQuestion.FindUnsupported(c) is null);
    }
}
