namespace Truststore.Tests.Handshakes;

/// <summary>A context can be used for as long as a program lives.</summary>
[NonParallelizable]
internal sealed class GrowthTests
{
    private const int WarmUp = 1000;
    private const int Handshakes = 10_000;
    private const long Megabyte = 1024 * 1024;

    [Test]
    [CancelAfter(120_000)]
    public async Task Handshakes_TenThousand_LeaveNothingBehind(CancellationToken cancellationToken)
    {
        var scenario = HandshakePki.Instance[HandshakePki.Trusted];
        var context = TestContexts.Create();
        var server = InMemoryHandshake.CreateServerOptions(scenario.Server);
        await RunAsync(WarmUp);
        var before = Measure();
        await RunAsync(Handshakes);
        var after = Measure();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Files, Is.LessThanOrEqualTo(before.Files + 5), "open files");
            Assert.That(after.Managed - before.Managed, Is.LessThan(2 * Megabyte), "managed memory");
            Assert.That(after.Resident - before.Resident, Is.LessThan(1 * Megabyte), "memory of the process");
        }

        Task RunAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (_, token) =>
            await (await InMemoryHandshake.RunAsync(context.CreateOptions(scenario.Host), server, token)).DisposeAsync());
    }

    private static (int Files, long Managed, long Resident) Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var r = (Directory.GetFileSystemEntries("/proc/self/fd").Length, GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        TestContext.Out.WriteLine(r);
        return r;
    }
}
