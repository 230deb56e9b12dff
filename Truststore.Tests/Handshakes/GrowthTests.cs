using Truststore.Platform.Linux;

namespace Truststore.Tests.Handshakes;

/// <summary>A context can be used for as long as a program lives.</summary>
[NonParallelizable]
internal sealed class GrowthTests
{
    private const int WarmUp = 2000;
    private const int Handshakes = 10_000;
    private const int VerdictCapacity = 64;
    private const long Megabyte = 1024 * 1024;

    private static readonly ServerScenario s_anyName = HandshakePki.Instance[HandshakePki.Resumption];
    private static readonly ServerScenario s_expired = HandshakePki.Instance[HandshakePki.Expired];

    private readonly CachingChainVerifier _verifier = new(new LinuxChainVerifier(findSystemAnchors: false), VerdictCapacity);

    [Test]
    [CancelAfter(120_000)]
    public async Task Handshakes_TenThousand_LeaveNothingBehind(CancellationToken cancellationToken)
    {
        if (!Directory.Exists("/proc/self/fd"))
        {
            TestPrerequisites.Missing("/proc/self/fd, where Linux lists a process's open files");
        }

        var remembering = CreateContext(maxAge: CachingChainVerifier.DefaultMaxVerdictAge);
        var judgingAnew = CreateContext(maxAge: TimeSpan.Zero);
        var goodServer = InMemoryHandshake.CreateServerOptions(s_anyName.Server);
        var badServer = InMemoryHandshake.CreateServerOptions(s_expired.Server);

        await RunAsync(0, WarmUp);
        var before = Measure();
        await RunAsync(WarmUp, WarmUp + Handshakes);
        var after = Measure();

        // A native object that is left behind by every handshake takes more than what the allocators' own moods do.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.OpenFiles, Is.LessThanOrEqualTo(before.OpenFiles + 8), "open files");
            Assert.That(after.ManagedBytes, Is.LessThan(before.ManagedBytes + (3 * Megabyte)), "managed memory");
            Assert.That(after.ResidentBytes, Is.LessThan(before.ResidentBytes + (40 * Megabyte)), "memory of the process");
            Assert.That(_verifier.Count, Is.LessThanOrEqualTo(VerdictCapacity), "verdicts");
        }

        Task RunAsync(int from, int to) =>
            Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (i, token) => await ShakeHandsAsync(i, token));

        async Task ShakeHandsAsync(int i, CancellationToken token)
        {
            switch (i % 4)
            {
                case 0:
                    await AcceptAsync(remembering, "again.resumption.example.com", token);
                    break;
                case 1:
                    await AcceptAsync(remembering, $"number-{i}.resumption.example.com", token);
                    break;
                case 2:
                    await AcceptAsync(judgingAnew, "anew.resumption.example.com", token);
                    break;
                default:
                    await RejectAsync(remembering, token);
                    break;
            }
        }

        async Task AcceptAsync(TlsContext context, string host, CancellationToken token) =>
            await (await InMemoryHandshake.RunAsync(context.CreateOptions(host), goodServer, token)).DisposeAsync();

        async Task RejectAsync(TlsContext context, CancellationToken token)
        {
            try
            {
                await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(s_expired.Host), badServer, token);
                Assert.Fail("accepted");
            }
            catch (CertificateVerificationException error)
            {
                Assert.That(error.Reason, Is.EqualTo(FailureReason.Expired));
            }
        }
    }

    private TlsContext CreateContext(TimeSpan maxAge)
    {
        var context = new TlsContext(_verifier) { TimeProvider = TestContexts.Clock, UseSystemAnchors = false, MaxVerdictAge = maxAge };
        context.LoadVerifyLocations(caData: HandshakePki.Instance.Ca.RootPem);
        return context;
    }

    private static (int OpenFiles, long ManagedBytes, long ResidentBytes) Measure()
    {
        // Twice: what a finaliser lets go of may have one itself.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return (Directory.GetFileSystemEntries("/proc/self/fd").Length, GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }
}
