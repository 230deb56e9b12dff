namespace Truststore.Tests;

/// <summary>What a process holds after each of several equal rounds of work, and whether that keeps growing.</summary>
internal static class Growth
{
    /// <summary>
    /// The growth of an ordinary round: the median of the differences between neighbours. What every operation leaves
    /// behind makes every round grow. A cache that fills, code that is compiled once more or memory that an allocator
    /// takes in advance is a step in a few of them, on one machine earlier than on another, and does not move the median.
    /// </summary>
    internal static double OfARound(IReadOnlyList<long> levels)
    {
        var differences = levels.Skip(1).Zip(levels, (later, earlier) => later - earlier).Order().ToList();
        return (differences[(differences.Count - 1) / 2] + differences[differences.Count / 2]) / 2.0;
    }

    /// <summary>
    /// The managed objects that are alive, and the memory of the process without the collector's. The collector first
    /// returns what it keeps for the next allocations: how much that is depends on the processor's caches, and how much
    /// of it has been used so far on how long the process has run.
    /// </summary>
    internal static (long Managed, long Native) Held()
    {
        // Twice: what a finalizer lets go of may have one itself.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var collector = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return (GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet - collector.TotalCommittedBytes);
    }
}
