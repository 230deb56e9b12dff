using Truststore.Cli.Demo;
using Truststore.Platform.Linux;
using Truststore.Tests.Linux.Anchors;
using Truststore.Tests.Linux.Conformance;

namespace Truststore.Tests.Handshakes;

/// <summary>The system's anchors and added ones count side by side, unless a context says otherwise.</summary>
internal sealed class TrustSourceTests
{
    private const string Host = "www.example.com";

    private static readonly Lazy<ThrowAwayCa> s_systemCa = new(() => new ThrowAwayCa(HandshakePki.Now, "System"));

    /// <summary>Whether the system counts, whether a CA is added, whose certificate the server has, and whether it is accepted.</summary>
    [TestCase(true, true, "system", true)]
    [TestCase(true, true, "added", true)]
    [TestCase(true, true, "stranger", false)]
    [TestCase(true, false, "system", true)]
    [TestCase(true, false, "added", false)]
    [TestCase(false, true, "system", false)]
    [TestCase(false, true, "added", true)]
    [TestCase(false, false, "system", false)]
    [CancelAfter(30_000)]
    public async Task Handshake_SystemAndAddedAnchors_CountAsTheContextSays(bool useSystemAnchors, bool isCaAdded, string issuer, bool isAccepted, CancellationToken cancellationToken)
    {
        using var root = new SystemRoot();
        root.Write("/etc/ssl/certs/ca-certificates.crt", s_systemCa.Value.Root.Info);
        var source = new SystemAnchorSource(root.Discovery(), TestContexts.Clock, SystemAnchorSource.DefaultCheckInterval);
        var context = new TlsContext(new LinuxChainVerifier(source, default)) { TimeProvider = TestContexts.Clock, UseSystemAnchors = useSystemAnchors };
        if (isCaAdded)
        {
            context.LoadVerifyLocations(caData: HandshakePki.Instance.Ca.RootPem);
        }

        var ca = issuer switch { "system" => s_systemCa.Value, "added" => HandshakePki.Instance.Ca, _ => HandshakePki.Instance.StrangerCa };
        using var server = ca.Intermediate.Issue(ca.ServerSpec(Host));

        if (isAccepted)
        {
            await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(Host), server, cancellationToken);
            Assert.That(handshake.Client.GetVerification()!.VerifiedPath[^1], Is.EqualTo(ca.Root.Info));
        }
        else
        {
            Assert.That((await InMemoryHandshake.RunRejectedAsync(context.CreateOptions(Host), server, cancellationToken)).Reason, Is.EqualTo(FailureReason.IssuerNotFound));
        }
    }

    [Test]
    public void CreateDefault_WithAnAddedCa_TrustsPublicChainsAndItsOwn()
    {
        var (request, root) = FindPublicChain();
        using var ca = new ThrowAwayCa(request.VerificationTime, "Private");
        var context = CreateContext(ca, request);
        var exclusive = CreateContext(ca, request);
        exclusive.UseSystemAnchors = false;
        var own = ca.IssueServer(Host).ServerChain.Select(c => c.Der).ToList();
        var publicHost = request.ReferenceIdentifier!.Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.VerifyChain([.. request.PeerChain.Select(c => c.RawData)], publicHost).VerifiedPath[^1], Is.EqualTo(root));
            Assert.That(context.VerifyChain(own, Host).VerifiedPath[^1], Is.EqualTo(ca.Root.Info));
            Assert.That(exclusive.VerifyChain([.. request.PeerChain.Select(c => c.RawData)], publicHost).Failures[0].Reason, Is.EqualTo(FailureReason.IssuerNotFound));
            Assert.That(exclusive.VerifyChain(own, Host).VerifiedPath[^1], Is.EqualTo(ca.Root.Info));
        }
    }

    /// <summary>A chain that a public server really sent, under a root that this machine trusts.</summary>
    private static (ChainVerificationRequest Request, CertificateInfo Root) FindPublicChain()
    {
        var system = SystemTrust.Anchors.List().Select(a => a.Certificate).ToHashSet();
        foreach (var testCase in LimboData.Cases().Where(c => c.Id.StartsWith("online::", StringComparison.Ordinal)))
        {
            var request = LimboQuestion.Of(testCase, TlsVerifyFlags.None).Requests[0];
            if (request.AddedAnchors.Select(a => a.Certificate).FirstOrDefault(system.Contains) is { } root)
            {
                return (request, root);
            }
        }

        TestPrerequisites.Missing("a public root among the system's anchors: install the package ca-certificates");
        throw new InvalidOperationException();
    }

    private static TlsContext CreateContext(ThrowAwayCa ca, ChainVerificationRequest request)
    {
        var context = TlsContext.CreateDefault();
        context.TimeProvider = new ManualTimeProvider(request.VerificationTime);
        context.LoadVerifyLocations(caData: ca.RootPem);
        return context;
    }
}
