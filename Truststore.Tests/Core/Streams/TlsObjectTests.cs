using System.Security.Authentication;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>Two TLS objects, and a wire that carries what and when the test likes.</summary>
internal sealed class TlsObjectTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;
    private const int ManyHandshakes = 2000;

    private static readonly HandshakePki s_pki = HandshakePki.Instance;
    private static readonly TlsContext s_server = TestContexts.CreateServer();

    [Test]
    public void DoHandshake_OneByteAtATime_GivesTheSameAsAllAtOnce([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(1, 100_000)] int chunk)
    {
        var context = TestContexts.Create().Only(version);
        context.SetAlpnProtocols("h2", "http/1.1");
        var server = TestContexts.CreateServer();
        server.SetAlpnProtocols("http/1.1");
        using var pair = new BioPair(context, server);

        pair.Handshake(() => chunk);
        pair.Client.Write("hello"u8);
        pair.Server.Write("world"u8);
        while (pair.Carry(chunk))
        {
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That((BioPair.ReadText(pair.Server), BioPair.ReadText(pair.Client)), Is.EqualTo(("hello", "world")));
            Assert.That((pair.Client.Version, pair.Client.SelectedAlpnProtocol), Is.EqualTo((version == Tls12 ? "TLSv1.2" : "TLSv1.3", "http/1.1")));
            Assert.That(pair.Client.Cipher, Is.Not.Null.And.EqualTo(pair.Server.Cipher));
            Assert.That((pair.Client.ServerHostname, pair.Server.ServerHostname), Is.EqualTo((HandshakePki.Trusted, HandshakePki.Trusted)));
            Assert.That(pair.Client.GetVerifiedChain(), Is.EqualTo(s_pki[HandshakePki.Trusted].Server.Path.Select(c => c.Info)));
            Assert.That(pair.Client.GetPeerCertificate(), Is.EqualTo(s_pki[HandshakePki.Trusted].Server.Info));
            Assert.That(pair.Client.GetUnverifiedChain(), Has.Count.EqualTo(2));
            Assert.That(pair.Server.GetPeerCertificate(), Is.Null);
        }
    }

    [Test]
    public void DoHandshake_AnyCutsOfTheWire_AlwaysSucceeds([Values(Tls12, Tls13)] TlsProtocolVersion version)
    {
        var random = new Random(20261121);
        var context = TestContexts.Create().Only(version);
        context.MakeReadOnly();
        for (var i = 0; i < ManyHandshakes / 2; i++)
        {
            using var pair = new BioPair(context, s_server);
            pair.Handshake(() => 1 + random.Next(random.Next(2) == 0 ? 10 : 2000));
            pair.Client.Write("x"u8);
            while (pair.Carry(1 + random.Next(20)))
            {
            }

            Assert.That(BioPair.ReadText(pair.Server), Is.EqualTo("x"));
        }
    }

    [Test]
    public void DoHandshake_CallerOfAnyKind_NeverLeavesItsThread()
    {
        var synchronisation = new SynchronizationContext();
        var threads = new List<int>();
        var callbacks = TestContexts.CreateServer();
        callbacks.SniCallback = _ =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return null;
        };
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(synchronisation);
            using var pair = new BioPair(TestContexts.Create(), callbacks);
            pair.Handshake(() => 50);
            threads.Add(Environment.CurrentManagedThreadId);
            Assert.That(SynchronizationContext.Current, Is.SameAs(synchronisation));
        });
        thread.Start();
        thread.Join();

        Assert.That(threads, Is.EqualTo(new[] { thread.ManagedThreadId, thread.ManagedThreadId }));
    }

    [TestCase(HandshakePki.Expired, FailureReason.Expired)]
    [TestCase(HandshakePki.UnknownCa, FailureReason.IssuerNotFound)]
    [TestCase(HandshakePki.WrongHost, FailureReason.HostnameMismatch)]
    public void DoHandshake_ServerThatIsNotTrusted_ThrowsTheReasonAndReadsNothing(string host, FailureReason expected)
    {
        var scenario = s_pki[host];
        using var pair = new BioPair(TestContexts.Create().Only(Tls13), TestContexts.CreateServer(certificate: scenario.Server), host);

        var error = Assert.Throws<CertificateVerificationException>(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                pair.Client.DoHandshake();
                if (pair.Server.DoHandshake() == TlsStatus.Done)
                {
                    pair.Server.Write("secret"u8);
                }

                pair.Carry();
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Reason, Is.EqualTo(expected));
            Assert.That(() => pair.Client.Read(new byte[10], out _), Throws.TypeOf<CertificateVerificationException>());
            Assert.That(() => pair.Client.Write("x"u8), Throws.TypeOf<CertificateVerificationException>());
            Assert.That((pair.Client.Pending, pair.Client.IsHandshakeDone), Is.EqualTo((0, false)));
        }
    }

    [Test]
    public void Read_BeforeAnythingCame_WantsBytes()
    {
        using var pair = new BioPair(TestContexts.Create(), s_server);

        Assert.That((pair.Client.Read(new byte[1], out var count), count), Is.EqualTo((TlsStatus.WantRead, 0)));
        Assert.That(pair.Client.Write("x"u8), Is.EqualTo(TlsStatus.WantRead));
    }

    [Test]
    public void Pending_RecordThatArrived_IsCountedAndThenRead()
    {
        using var pair = new BioPair(TestContexts.Create(), s_server);
        var before = pair.Client.Pending;
        pair.Handshake();
        var nothing = pair.Client.Pending;
        pair.Server.Write("hello"u8);
        pair.Carry();
        var some = pair.Client.Pending;
        var read = pair.Client.Read(new byte[2], out var count);

        Assert.That((before, nothing, some, read, count, pair.Client.Pending), Is.EqualTo((0, 0, 5, TlsStatus.Done, 2, 3)));
    }

    [Test]
    public void Read_LargeTransfer_NeedsNoMoreMemoryThanItCarries()
    {
        const long total = 1L << 30;
        const long most = 10 * 1024 * 1024;
        using var pair = new BioPair(TestContexts.Create(), s_server);
        pair.Handshake();
        var block = new byte[64 * 1024];
        var buffer = new byte[64 * 1024];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var received = 0L;
        var isWhole = true;
        for (var sent = 0L; sent < total; sent += block.Length)
        {
            block[0] = (byte)(sent >> 16);
            pair.Server.Write(block);
            pair.Carry();
            var first = true;
            while (pair.Client.Read(buffer, out var count) == TlsStatus.Done)
            {
                isWhole &= !first || buffer[0] == block[0];
                first = false;
                received += count;
            }
        }

        // All that was ever allocated bounds what is held.
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((received, isWhole), Is.EqualTo((total, true)));
        Assert.That(allocated, Is.LessThan(most));
    }

    [Test]
    public void WrapBio_WrongArguments_FailAtOnce()
    {
        using var one = new MemoryBio();
        using var two = new MemoryBio();
        var client = TestContexts.Create();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => client.WrapBio(one, two), Throws.ArgumentException.With.Message.Contains("host is missing"));
            Assert.That(() => client.WrapBio(one, one, "example.com"), Throws.ArgumentException);
            Assert.That(() => client.WrapBio(one, two, "no host!"), Throws.ArgumentException);
            Assert.That(() => s_server.WrapBio(one, two, "example.com"), Throws.ArgumentException);
            Assert.That(() => TlsContext.CreateDefaultServer().WrapBio(one, two), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void DoHandshake_VersionsThatDoNotMeet_ThrowsOnBothSides()
    {
        using var pair = new BioPair(TestContexts.Create().Only(Tls13), TestContexts.CreateServer().Only(Tls12));

        pair.Client.DoHandshake();
        pair.Carry();
        Assert.That(() => pair.Server.DoHandshake(), Throws.InstanceOf<AuthenticationException>());
        pair.Carry();
        Assert.That(() => pair.Client.DoHandshake(), Throws.InstanceOf<AuthenticationException>());
    }
}
