namespace Truststore.Tests.Linux.Differential;

/// <summary>
/// Thousands of generated chains, judged by us and by others. Where verdicts differ, a named <see cref="Explanation"/> says why; what no explanation fits is a mistake of ours until somebody has
/// found the reason, and an explanation that fits nothing is an excuse to delete.
/// </summary>
internal sealed class DifferentialTests
{
    private const int Shown = 20;

    private static IEnumerable<TestCaseData> Peers()
    {
        yield return new TestCaseData(new OpenSslVerify()).SetArgDisplayNames("openssl verify");
        yield return new TestCaseData(new X509ChainVerify()).SetArgDisplayNames("X509Chain");
    }

    [TestCaseSource(nameof(Peers))]
    public void Verify_GeneratedChains_DiffersFromPeersForNamedReasonsOnly(IPeer peer)
    {
        if (peer.FindMissing() is { } missing)
        {
            TestPrerequisites.Missing(missing);
        }

        var uses = peer.Explanations.ToDictionary(e => e, static _ => 0);
        var unexplained = new List<Dispute>();
        foreach (var dispute in DifferentialRun.Instance.FindDisputes(peer))
        {
            if (peer.Explanations.FirstOrDefault(e => e.Explains(dispute)) is { } explanation)
            {
                uses[explanation]++;
            }
            else
            {
                unexplained.Add(dispute);
            }
        }

        foreach (var (explanation, count) in uses)
        {
            TestContext.Out.WriteLine($"{count,5} {explanation}");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unexplained, Is.Empty, () => $"{unexplained.Count} disagreements without a reason, among them:\n{string.Join('\n', unexplained.Take(Shown))}");
            Assert.That(uses.Where(u => u.Value == 0).Select(u => u.Key), Is.Empty, "explanations that explain nothing");
        }
    }

    [Test]
    public void Verify_GeneratedChains_AreOfEveryKind()
    {
        var run = DifferentialRun.Instance;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Cases, Has.Count.GreaterThanOrEqualTo(3000));
            Assert.That(run.Results.Count(r => r.IsTrusted), Is.InRange(run.Cases.Count / 4, run.Cases.Count * 3 / 4));
            Assert.That(run.Cases.SelectMany(c => c.Changes).Distinct(StringComparer.Ordinal), Is.EquivalentTo(ChainChanges.All.Select(c => c.Name)));
        }
    }
}
