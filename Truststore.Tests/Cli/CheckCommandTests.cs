using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

internal sealed class CheckCommandTests
{
    private readonly TemporaryDirectory _directory = new();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public async Task Check_TrustedServer_ShowsConnectionAndChainAndReturns0()
    {
        await using var server = CliPki.Start(CliPki.Server, new LoopbackTlsServerOptions { Protocols = SslProtocols.Tls13, ApplicationProtocols = [SslApplicationProtocol.Http2] });

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), "--alpn", "h2,http/1.1");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Error, Is.Empty);
            Assert.That(run.Out, Does.Match(@"Protocol +TLSv1\.3"));
            Assert.That(run.Out, Does.Match("Cipher +TLS_AES_"));
            Assert.That(run.Out, Does.Match("ALPN +h2"));
            Assert.That(run.Out, Does.Match("Verdict +TRUSTED"));
            Assert.That(run.Out, Does.Match("(?s)└── CN=Tool Root CA.+added trust anchor;.+└── CN=Tool Intermediate CA.+sent by the peer;.+└── CN=www.example.test"));
        });
    }

    [Test]
    public async Task Check_UnknownCa_ShowsReasonAndAdviceAndReturns1()
    {
        await using var server = CliPki.Start(CliPki.Server);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Out, Does.Match(@"Verdict +REJECTED \(IssuerNotFound\)"));
            Assert.That(run.Out, Does.Match(@"Protocol +TLSv1\.[23]"));
            Assert.That(run.Out, Does.Contain("CN=Tool Intermediate CA"));
            Assert.That(run.Out, Does.Contain("--cafile"));
        });
    }

    [Test]
    public async Task Check_Json_DescribesTrustedServer()
    {
        await using var server = CliPki.Start(CliPki.Server);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), "--json");

        var verdict = run.Json.GetProperty("verdict");
        var path = verdict.GetProperty("path").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Json.GetProperty("schemaVersion").GetInt32(), Is.EqualTo(1));
            Assert.That(run.Json.GetProperty("command").GetString(), Is.EqualTo("check"));
            Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("trusted"));
            Assert.That(run.Json.GetProperty("port").GetInt32(), Is.EqualTo(server.Port));
            Assert.That(run.Json.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(run.Json.GetProperty("connection").GetProperty("address").GetString(), Is.EqualTo($"127.0.0.1:{server.Port}"));
            Assert.That(run.Json.GetProperty("connection").GetProperty("applicationProtocol").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(verdict.GetProperty("trusted").GetBoolean(), Is.True);
            Assert.That(verdict.GetProperty("peerChain").GetArrayLength(), Is.EqualTo(2));
            Assert.That(path.Select(p => p.GetProperty("trustAnchor").GetString()), Is.EqualTo(new[] { null, null, "added" }));
            Assert.That(path.Select(p => p.GetProperty("sentByPeer").GetBoolean()), Is.EqualTo(new[] { true, true, false }));
            Assert.That(path[0].GetProperty("certificate").GetProperty("fingerprintSha256").GetString(), Is.EqualTo(CliPki.Server.Info.Fingerprint));
            Assert.That(path[0].GetProperty("certificate").GetProperty("subjectAlternativeNames").EnumerateArray().Select(n => n.GetString()), Has.Member("DNS:www.example.test"));
        });
    }

    [Test]
    public async Task Check_Json_DescribesRejectedServer()
    {
        await using var server = CliPki.Start(CliPki.Server);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), "--servername", "other.example.test", "--json");

        var verdict = run.Json.GetProperty("verdict");
        var failure = verdict.GetProperty("failures")[0];
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("rejected"));
            Assert.That(run.Json.GetProperty("serverName").GetString(), Is.EqualTo("other.example.test"));
            Assert.That(failure.GetProperty("reason").GetString(), Is.EqualTo(nameof(FailureReason.HostnameMismatch)));
            Assert.That(failure.GetProperty("certificateIndex").GetInt32(), Is.Zero);
            Assert.That(verdict.GetProperty("explanation").GetString(), Does.Contain("other.example.test"));
            Assert.That(run.Json.GetProperty("connection").GetProperty("protocol").GetString(), Does.StartWith("TLSv1."));
        });
    }

    [TestCase("www.example.test", 0)]
    [TestCase("127.0.0.1", 0)]
    [TestCase("127.0.0.2", 1)]
    [TestCase("example.test", 1)]
    public async Task Check_ServerName_IsTheNameThatIsVerified(string name, int expected)
    {
        await using var server = CliPki.Start(CliPki.Server);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), "--no-system-anchors", "--servername", name);

        Assert.That(run.ExitCode, Is.EqualTo(expected), run.Out + run.Error);
    }

    [TestCase("--max-tls", "1.2", "TLSv1.2")]
    [TestCase("--min-tls", "1.3", "TLSv1.3")]
    public async Task Check_TlsVersions_BoundTheHandshake(string option, string value, string expected)
    {
        await using var server = CliPki.Start(CliPki.Server);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), option, value);

        Assert.That(run.Out, Does.Match("Protocol +" + expected));
    }

    [Test]
    public async Task Check_NoVersionInCommon_Returns2()
    {
        await using var server = CliPki.Start(CliPki.Server, new LoopbackTlsServerOptions { Protocols = SslProtocols.Tls12 });

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--cafile", RootFile(), "--min-tls", "1.3");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("handshake").And.Contains("--min-tls"));
        });
    }

    [Test]
    public async Task Check_CaPath_AddsTheDirectory()
    {
        await using var server = CliPki.Start(CliPki.Server);
        _directory.Write("root.pem", CliPki.Ca.RootPem);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{server.Port}", "--capath", _directory.Path, "--no-system-anchors");

        Assert.That(run.ExitCode, Is.Zero, run.Out + run.Error);
    }

    [Test]
    public async Task Check_Strict_JudgesByTheStrictProfile()
    {
        using var certificate = CliPki.Ca.Intermediate.Issue(CliPki.Ca.ServerSpec(CliPki.Host) with { IPAddresses = ["127.0.0.1"], OmitAuthorityKeyIdentifier = true });
        await using var server = CliPki.Start(certificate);
        string[] args = ["check", $"127.0.0.1:{server.Port}", "--cafile", RootFile()];

        var compatible = await CliRun.RunAsync(args);
        var strict = await CliRun.RunAsync([.. args, "--strict"]);

        Assert.Multiple(() =>
        {
            Assert.That(compatible.ExitCode, Is.Zero, compatible.Out);
            Assert.That(strict.ExitCode, Is.EqualTo(1));
            Assert.That(strict.Out, Does.Contain(nameof(FailureReason.NonConformingCertificate)));
        });
    }

    [Test]
    public async Task Check_NothingListens_Returns2AndSaysSo()
    {
        // Bound, so that no one else gets the port, and not listening.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var run = await CliRun.RunAsync("check", closed.LocalEndPoint!.ToString()!);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("refused"));
            Assert.That(run.Out, Is.Empty);
        });
    }

    [Test]
    public async Task Check_NameDoesNotResolve_Returns2AndSaysSo()
    {
        var run = await CliRun.RunAsync(e => e with { ConnectAsync = (_, _, _) => throw new SocketException((int)SocketError.HostNotFound) }, ["check", "nowhere.example.test", "--json"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Json.GetProperty("outcome").GetString(), Is.EqualTo("notConnected"));
            Assert.That(run.Json.GetProperty("error").GetString(), Does.Contain("nowhere.example.test").And.Contains("resolved"));
            Assert.That(run.Json.GetProperty("verdict").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(run.Json.GetProperty("port").GetInt32(), Is.EqualTo(443));
        });
    }

    [Test]
    public async Task Check_PeerDoesNotSpeakTls_Returns2()
    {
        var port = new TaskCompletionSource<int>();
        var serving = AnswerAsync("220 mail.example.test ESMTP\r\n", port);

        var run = await CliRun.RunAsync("check", $"127.0.0.1:{await port.Task}");

        await serving;
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("TLS"));
        });
    }

    [Test]
    public async Task Check_PeerIsSilent_GivesUpAfterTimeout()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var run = await CliRun.RunAsync(
            e => e with { TimeProvider = new FixedTimeProvider(CliRun.Now) { RunsTimers = true } },
            ["check", $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "--timeout", "0.1"]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("0.1 s").And.Contains("--timeout"));
        });
    }

    [Test]
    public async Task Check_Interrupted_Returns130()
    {
        using var interrupt = new CancellationTokenSource();

        var run = await CliRun.RunAsync(
            e => e with
            {
                ConnectAsync = async (_, _, token) =>
                {
                    await interrupt.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                    return Stream.Null;
                },
            },
            ["check", "www.example.test"],
            interrupt.Token);

        Assert.That(run.ExitCode, Is.EqualTo(130));
    }

    [Test]
    public async Task Check_Host_IsConnectedToInALabels()
    {
        (string Host, int Port) target = default;
        await CliRun.RunAsync(
            e => e with
            {
                ConnectAsync = (host, port, _) =>
                {
                    target = (host, port);
                    throw new SocketException((int)SocketError.ConnectionRefused);
                },
            },
            ["check", "Bücher.example.test.:8443"]);

        Assert.That(target, Is.EqualTo(("xn--bcher-kva.example.test", 8443)));
    }

    private string RootFile() => _directory.Write("root.pem", CliPki.Ca.RootPem);

    private static async Task AnswerAsync(string text, TaskCompletionSource<int> port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port.SetResult(((IPEndPoint)listener.LocalEndpoint).Port);
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var buffer = new byte[4096];
        _ = await stream.ReadAsync(buffer);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
    }
}
