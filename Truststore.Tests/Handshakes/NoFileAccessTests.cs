using Truststore.Platform.Linux;
using Truststore.Tests.Linux.Anchors;

namespace Truststore.Tests.Handshakes;

/// <summary>Handshakes leave the trust store's files alone: proved by watching the system calls of this process.</summary>
/// <remarks>
/// SslStream is another matter. Its own chain building, which cannot be switched off, asks on every handshake when OpenSSL's default bundle and directory were last changed.
/// So the anchors here are in a folder that nobody but the verifier knows of.
/// </remarks>
[NonParallelizable]
internal sealed class NoFileAccessTests
{
    private const int Handshakes = 100;

    private static readonly string[] s_systemPaths =
        ["/etc/ssl", "/usr/lib/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/var/lib/ca-certificates"];

    private static readonly ServerScenario s_good = HandshakePki.Instance[HandshakePki.Trusted];
    private static readonly ServerScenario s_bad = HandshakePki.Instance[HandshakePki.UnknownCa];

    [Test]
    [CancelAfter(60_000)]
    public async Task Handshakes_Hundred_TouchNoAnchorFile(CancellationToken cancellationToken)
    {
        using var root = new SystemRoot();
        root.Write("/etc/ssl/certs/ca-certificates.crt", HandshakePki.Instance.Ca.Root.Info);
        var source = new SystemAnchorSource(root.Discovery(), TestContexts.Clock, SystemAnchorSource.DefaultCheckInterval);
        var context = new TlsContext(new LinuxChainVerifier(source, default)) { TimeProvider = TestContexts.Clock };
        var goodServer = InMemoryHandshake.CreateServerOptions(s_good);
        var badServer = InMemoryHandshake.CreateServerOptions(s_bad);
        await ShakeHandsAsync();

        var calls = await SystemCallTrace.RecordAsync(
            async () =>
            {
                for (var i = 0; i < Handshakes / 2; i++)
                {
                    await ShakeHandsAsync();
                }
            },
            cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calls.Where(c => c.Contains(root.FullName, StringComparison.Ordinal)), Is.Empty);
            Assert.That(calls.Where(c => c.Contains(" open", StringComparison.Ordinal) && s_systemPaths.Any(p => c.Contains($"\"{p}", StringComparison.Ordinal))), Is.Empty);
        }

        async Task ShakeHandsAsync()
        {
            await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(s_good.Host), goodServer, cancellationToken);
            await InMemoryHandshake.RunRejectedAsync(context.CreateOptions(s_bad.Host), badServer, cancellationToken);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task VerifyChain_OverTheSystemsAnchors_TouchesNoFileAtAll(CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.MaxVerdictAge = TimeSpan.Zero;
        var good = s_good.SentChain.Select(c => c.Der).ToList();
        var bad = s_bad.SentChain.Select(c => c.Der).ToList();
        Verify();

        var calls = await SystemCallTrace.RecordAsync(
            () =>
            {
                for (var i = 0; i < Handshakes; i++)
                {
                    Verify();
                }

                return Task.CompletedTask;
            },
            cancellationToken);

        var thread = SystemCallTrace.ThreadOf(calls[0]);
        Assert.That(calls.Skip(1).Where(c => string.Equals(SystemCallTrace.ThreadOf(c), thread, StringComparison.Ordinal)), Is.Empty);

        void Verify()
        {
            Assert.That(context.VerifyChain(good, s_good.Host).IsTrusted);
            Assert.That(context.VerifyChain(bad, s_bad.Host).IsTrusted, Is.False);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Record_FileThatIsRead_IsSeen(CancellationToken cancellationToken)
    {
        using var root = new SystemRoot();
        root.Write("/etc/ssl/certs/ca-certificates.crt", HandshakePki.Instance.Ca.Root.Info);

        var calls = await SystemCallTrace.RecordAsync(() => Task.Run(() => File.ReadAllText(root.PathOf("/etc/ssl/certs/ca-certificates.crt")), cancellationToken), cancellationToken);

        Assert.That(calls.Where(c => c.Contains(root.FullName, StringComparison.Ordinal)), Is.Not.Empty);
    }
}
