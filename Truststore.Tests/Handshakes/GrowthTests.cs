using Truststore.Platform.Linux;

namespace Truststore.Tests.Handshakes;

/// <summary>A context can be used for as long as a program lives.</summary>
[NonParallelizable]
internal sealed class GrowthTests
{
    private const int Rounds = 10;
    private const int HandshakesOfARound = 1000;
    private const int WarmUp = 2 * HandshakesOfARound;
    private const int VerdictCapacity = 64;

    /// <summary>A verdict, or a host's name in a dictionary, takes more.</summary>
    private const long ManagedBytes = 64;

    /// <summary>A connection of OpenSSL takes some ten times that, a certificate twice.</summary>
    private const long NativeBytes = 1024;

    private static readonly ServerScenario s_anyName = HandshakePki.Instance[HandshakePki.Resumption];
    private static readonly ServerScenario s_expired = HandshakePki.Instance[HandshakePki.Expired];

    private readonly CachingChainVerifier _verifier = new(new LinuxChainVerifier(findSystemAnchors: false), VerdictCapacity);

    [Test]
    [CancelAfter(Patience.OfATestInMilliseconds)]
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
        List<(int OpenFiles, long Managed, long Native)> levels = [Measure()];
        for (var round = 0; round < Rounds; round++)
        {
            var first = WarmUp + (round * HandshakesOfARound);
            await RunAsync(first, first + HandshakesOfARound);
            levels.Add(Measure());
        }

        foreach (var (openFiles, managed, native) in levels)
        {
            await TestContext.Out.WriteLineAsync($"open files: {openFiles}, managed: {managed / 1024} KiB, native: {native / 1024} KiB");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GrowthOf(l => l.OpenFiles), Is.LessThan(HandshakesOfARound / 100), "open files");
            Assert.That(GrowthOf(l => l.Managed), Is.LessThan(HandshakesOfARound * ManagedBytes), "managed memory");
            Assert.That(GrowthOf(l => l.Native), Is.LessThan(HandshakesOfARound * NativeBytes), "native memory");
            Assert.That(_verifier.Count, Is.LessThanOrEqualTo(VerdictCapacity), "verdicts");
        }

        double GrowthOf(Converter<(int OpenFiles, long Managed, long Native), long> what) => Growth.OfARound(levels.ConvertAll(what));

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

    private static (int OpenFiles, long Managed, long Native) Measure()
    {
        var (managed, native) = Growth.Held();
        return (Directory.GetFileSystemEntries("/proc/self/fd").Length, managed, native);
    }
}
