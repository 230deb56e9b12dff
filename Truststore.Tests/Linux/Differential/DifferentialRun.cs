namespace Truststore.Tests.Linux.Differential;

/// <summary>All generated chains, with what we say of them.</summary>
internal sealed class DifferentialRun
{
    private const int Count = 3200;

    private static readonly Lazy<DifferentialRun> s_instance = new(() => new DifferentialRun());

    private DifferentialRun()
    {
        var cases = new DifferentialCase[Count];
        var results = new ChainVerificationResult[Count];
        Parallel.For(0, KeyRing.All.Count, lane =>
        {
            for (var i = lane; i < Count; i += KeyRing.All.Count)
            {
                cases[i] = ChainBuild.Run(ChainChanges.Plan(i), KeyRing.All[lane]);
            }
        });
        Parallel.For(0, Count, i => results[i] = LinuxVerifiers.WithoutSystemAnchors.Verify(cases[i].Request()));
        Cases = cases;
        Results = results;
    }

    internal static DifferentialRun Instance => s_instance.Value;

    internal IReadOnlyList<DifferentialCase> Cases { get; }

    /// <summary>Our verdicts, in the order of the cases.</summary>
    internal IReadOnlyList<ChainVerificationResult> Results { get; }

    /// <summary>Has a peer verify all chains, and finds what we and it do not agree about.</summary>
    internal IEnumerable<Dispute> FindDisputes(IPeer peer)
    {
        var verdicts = peer.Verify(Cases);
        var disputed = Enumerable.Range(0, Cases.Count).Where(i => Results[i].IsTrusted != (verdicts[i].Count == 0)).ToLookup(i => Results[i].IsTrusted);
        return FindLeniencies(peer, [.. disputed[true].Select(i => (i, verdicts[i]))]).Concat(FindSeverities(peer, [.. disputed[false]]));
    }

    /// <summary>Given nothing but the path that we took, the peer says what it minds about that path, and not about its own choice of another one.</summary>
    private IEnumerable<Dispute> FindLeniencies(IPeer peer, IReadOnlyList<(int Number, IReadOnlyList<Objection> Verdict)> accepted)
    {
        var verdicts = peer.Verify([.. accepted.Select(a => Cases[a.Number].WithPathOnly(Results[a.Number].Path))]);
        for (var i = 0; i < accepted.Count; i++)
        {
            var (number, verdict) = accepted[i];
            foreach (var objection in verdicts[i].Count > 0 ? verdicts[i] : [new Objection(Objection.PathNotFound, -1, string.Join("; ", verdict))])
            {
                yield return new Dispute(peer.Name, Cases[number], Results[number].Path, objection, IsOurs: false);
            }
        }
    }

    /// <summary>Of all paths that names allow the peer accepts one or several; about these we say what we mind.</summary>
    private IEnumerable<Dispute> FindSeverities(IPeer peer, IReadOnlyList<int> rejected)
    {
        var alone = rejected.SelectMany(i => PathEnumeration.Of(Cases[i]).Select((path, number) => (Case: Cases[i], Alone: Cases[i].WithPathOnly(path, number)))).ToList();
        var verdicts = peer.Verify([.. alone.Select(a => a.Alone)]);
        var accepted = alone.Where((_, i) => verdicts[i].Count == 0).ToLookup(a => a.Case, a => a.Alone);
        foreach (var i in rejected)
        {
            // Where a certificate cannot be decoded there is no path.
            foreach (var question in accepted[Cases[i]].DefaultIfEmpty(Cases[i]))
            {
                var result = LinuxVerifiers.WithoutSystemAnchors.Verify(question.Request());
                foreach (var objection in result.IsTrusted ? [new Objection(Objection.PathNotFound, -1, string.Join("; ", Results[i].Failures))] : result.Failures.Select(ToObjection))
                {
                    yield return new Dispute(peer.Name, question, result.Path, objection, IsOurs: true);
                }
            }
        }
    }

    private static Objection ToObjection(VerificationFailure failure) => new(failure.Reason.ToString(), failure.CertificateIndex, failure.Message);
}
