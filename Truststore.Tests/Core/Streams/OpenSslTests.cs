using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Streams;

/// <summary>TLS objects and the openssl program, over a socket.</summary>
internal sealed class OpenSslTests
{
    private const TlsProtocolVersion Tls12 = TlsProtocolVersion.Tls12;
    private const TlsProtocolVersion Tls13 = TlsProtocolVersion.Tls13;
    private const int KeyUpdates = 3;
    private const string KeyUpdate = "K";
    private const string Renegotiate = "R";
    private const string Quit = "Q";

    private static readonly HandshakePki s_pki = HandshakePki.Instance;

    [Test]
    [CancelAfter(30_000)]
    public async Task Client_OpenSslServer_ExchangesLinesUntilItIsCutOff([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(1, 7, 16_384)] int receiveSize, CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartServerAsync(version, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HandshakePki.Trusted, peer.Stream, peer.Stream, receiveSize);

        await pump.HandshakeAsync(cancellationToken);
        await ExchangeLinesAsync(pump, peer, cancellationToken);
        await peer.Process.WriteLineAsync(Quit);

        using (Assert.EnterMultipleScope())
        {
            // This server closes its socket without close_notify.
            await Assert.ThatAsync(() => pump.RunAsync(static tls => tls.Read(new byte[1], out _), cancellationToken), Throws.TypeOf<EndOfStreamException>());
            Assert.That(pump.Tls.Version, Is.EqualTo(version == Tls12 ? "TLSv1.2" : "TLSv1.3"));
            Assert.That(pump.Tls.GetVerifiedChain(), Is.EqualTo(s_pki[HandshakePki.Trusted].Server.Path.Select(c => c.Info)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Server_OpenSslClient_ExchangesLinesAndCloses([Values(Tls12, Tls13)] TlsProtocolVersion version, [Values(1, 7, 16_384)] int receiveSize, CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartClientAsync(version, cancellationToken);
        using var pump = new BioPump(TestContexts.CreateServer(), host: null, peer.Stream, peer.Stream, receiveSize);

        await pump.HandshakeAsync(cancellationToken);
        await peer.Process.WaitForLineAsync(l => l.Contains("Verify return code: 0 (ok)", StringComparison.Ordinal));
        await ExchangeLinesAsync(pump, peer, cancellationToken);
        await peer.Process.WriteLineAsync(Quit);
        var end = await pump.RunAsync(static tls => tls.Read(new byte[1], out _), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pump.Tls.ServerHostname, Is.EqualTo(HandshakePki.Trusted));
            Assert.That((end, await pump.UnwrapAsync(cancellationToken)), Is.EqualTo((TlsStatus.Closed, TlsStatus.Done)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Unwrap_First_IsAnsweredByOpenSsl([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartServerAsync(version, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HandshakePki.Trusted, peer.Stream, peer.Stream);
        await pump.HandshakeAsync(cancellationToken);
        await ExchangeLinesAsync(pump, peer, cancellationToken);

        Assert.That(await pump.UnwrapAsync(cancellationToken), Is.EqualTo(TlsStatus.Done));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Read_KeyUpdateOfTheServer_GoesOnBothWays([Values(1, 16_384)] int receiveSize, CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartServerAsync(Tls13, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HandshakePki.Trusted, peer.Stream, peer.Stream, receiveSize);
        await pump.HandshakeAsync(cancellationToken);

        await ExchangeLinesAsync(pump, peer, cancellationToken);
        for (var i = 0; i < KeyUpdates; i++)
        {
            await peer.Process.WriteLineAsync(KeyUpdate);
            await ExchangeLinesAsync(pump, peer, cancellationToken, "SSL_do_handshake -> 1");
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Read_KeyUpdateOfTheClient_GoesOnBothWays([Values(1, 16_384)] int receiveSize, CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartClientAsync(Tls13, cancellationToken);
        using var pump = new BioPump(TestContexts.CreateServer(), host: null, peer.Stream, peer.Stream, receiveSize);
        await pump.HandshakeAsync(cancellationToken);

        await ExchangeLinesAsync(pump, peer, cancellationToken);
        for (var i = 0; i < KeyUpdates; i++)
        {
            await peer.Process.WriteLineAsync(KeyUpdate);
            await ExchangeLinesAsync(pump, peer, cancellationToken, "KEYUPDATE");
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Read_RenegotiationAskedForByTheServer_IsRefused(CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartServerAsync(Tls12, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HandshakePki.Trusted, peer.Stream, peer.Stream);
        await pump.HandshakeAsync(cancellationToken);
        await ExchangeLinesAsync(pump, peer, cancellationToken);

        await AssertRenegotiationIsRefusedAsync(pump, peer, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Read_RenegotiationBegunByTheClient_IsRefused(CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartClientAsync(Tls12, cancellationToken);
        using var pump = new BioPump(TestContexts.CreateServer(), host: null, peer.Stream, peer.Stream);
        await pump.HandshakeAsync(cancellationToken);
        await ExchangeLinesAsync(pump, peer, cancellationToken);

        await AssertRenegotiationIsRefusedAsync(pump, peer, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Read_TicketsAfterTheHandshake_AreNoData(CancellationToken cancellationToken)
    {
        using var peer = await OpenSslPeer.StartServerAsync(Tls13, cancellationToken);
        using var pump = new BioPump(TestContexts.Create(), HandshakePki.Trusted, peer.Stream, peer.Stream);
        await pump.HandshakeAsync(cancellationToken);

        // The server says nothing but sends its tickets, once it has the client's last flight.
        await pump.ReceiveAsync(cancellationToken);
        var status = pump.Tls.Read(new byte[1], out var count);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, count, pump.Tls.Pending), Is.EqualTo((TlsStatus.WantRead, 0, 0)));
            await ExchangeLinesAsync(pump, peer, cancellationToken);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Server_OpenSslClientWithCertificate_IsVerified([Values(Tls12, Tls13)] TlsProtocolVersion version, CancellationToken cancellationToken)
    {
        using var folder = new Trust.TemporaryDirectory();
        using var peer = await OpenSslPeer.StartClientAsync(
            version,
            cancellationToken,
            "-cert",
            folder.Write("client.pem", string.Concat(s_pki.Client.ServerChain.Select(c => c.ExportPem()))),
            "-cert_chain",
            folder.Write("chain.pem", string.Concat(s_pki.Client.ServerChain.Skip(1).Select(c => c.ExportPem()))),
            "-key",
            folder.Write("key.pem", s_pki.Client.ExportKeyPem()));
        var server = TestContexts.CreateServer();
        server.VerifyMode = TlsVerifyMode.Required;
        using var pump = new BioPump(server, host: null, peer.Stream, peer.Stream);

        await pump.HandshakeAsync(cancellationToken);

        Assert.That(pump.Tls.GetVerifiedChain(), Is.EqualTo(s_pki.Client.Path.Select(c => c.Info)));
    }

    /// <summary>A line each way. The program may give notices before and after it prints the line.</summary>
    private static async Task ExchangeLinesAsync(BioPump pump, OpenSslPeer peer, CancellationToken cancellationToken, params IEnumerable<string> notices)
    {
        await pump.WriteAsync("hello of Truststore\n", cancellationToken);
        var missing = notices.Append("hello of Truststore").ToList();
        await peer.Process.WaitForLineAsync(line => missing.RemoveAll(text => line.EndsWith(text, StringComparison.Ordinal)) > 0 && missing.Count == 0);
        await peer.Process.WriteLineAsync("hello of OpenSSL");
        Assert.That(await pump.ReadLineAsync(cancellationToken), Is.EqualTo("hello of OpenSSL"));
    }

    /// <summary>The peer gives up over the refusal; here that is an error or a close, and never data.</summary>
    private static async Task AssertRenegotiationIsRefusedAsync(BioPump pump, OpenSslPeer peer, CancellationToken cancellationToken)
    {
        var verdict = pump.Tls.Verification;
        await peer.Process.WriteLineAsync(Renegotiate);

        await Assert.ThatAsync(() => pump.RunAsync(static tls => tls.Read(new byte[1], out _), cancellationToken), Throws.InstanceOf<IOException>());
        Assert.That(pump.Tls.Verification, Is.SameAs(verdict));
    }
}
