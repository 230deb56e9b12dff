using Truststore.Tests.Handshakes.Servers;

namespace Truststore.Tests.Handshakes;

/// <summary>The name that is asked for is the name that is checked, whatever kind it is and whoever sets it.</summary>
internal sealed class NameTests
{
    private static readonly ServerScenario s_names = HandshakePki.Instance[HandshakePki.ManyNames];

    /// <summary>A host, and the name that the server is told (RFC 6066 §3: no trailing dot, never an address); .NET's server shows it in Unicode.</summary>
    private static IEnumerable<TestCaseData> GoodHosts()
    {
        yield return new TestCaseData("names.example.com", "names.example.com");
        yield return new TestCaseData("NAMES.Example.COM", "names.example.com");
        yield return new TestCaseData("names.example.com.", "names.example.com");
        yield return new TestCaseData("a.wild.example.com", "a.wild.example.com");
        yield return new TestCaseData("bücher.wild.example.com", "bücher.wild.example.com");
        yield return new TestCaseData("bücher.example.com", "bücher.example.com");
        yield return new TestCaseData("xn--bcher-kva.example.com", "bücher.example.com");
        yield return new TestCaseData("127.0.0.1", string.Empty);
        yield return new TestCaseData("192.0.2.1", string.Empty);
        yield return new TestCaseData("::1", string.Empty);
        yield return new TestCaseData("[::1]", string.Empty);
        yield return new TestCaseData("2001:DB8:0::1", string.Empty);
    }

    private static readonly string[] s_otherHosts =
        ["other.example.com", "example.com", "wild.example.com", "a.b.wild.example.com", "bücher.example.org", "127.0.0.2", "::2", "::ffff:127.0.0.1", "names.example.com.example.org"];

    [TestCaseSource(nameof(GoodHosts))]
    [CancelAfter(30_000)]
    public async Task CreateOptions_HostOfTheCertificate_IsAccepted(string host, string serverName, CancellationToken cancellationToken)
    {
        await using var handshake = await InMemoryHandshake.RunAsync(TestContexts.Create().CreateOptions(host), s_names.Server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(handshake.Client.GetVerification()!.IsVerified);
            Assert.That(handshake.Server.TargetHostName, Is.EqualTo(serverName));
        }
    }

    [TestCaseSource(nameof(s_otherHosts))]
    [CancelAfter(30_000)]
    public async Task CreateOptions_AnotherHost_IsRejected(string host, CancellationToken cancellationToken)
    {
        var error = await InMemoryHandshake.RunRejectedAsync(TestContexts.Create().CreateOptions(host), s_names.Server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
            Assert.That(error.ReferenceIdentifier, Is.EqualTo(ReferenceIdentifier.Parse(host)));
        }
    }

    [TestCaseSource(nameof(GoodHosts))]
    [CancelAfter(30_000)]
    public async Task HttpClient_HostOfTheCertificate_IsAccepted(string host, string serverName, CancellationToken cancellationToken)
    {
        var authority = host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host;
        using var http = new LoopbackHttpClient(TestContexts.Create(), await KestrelPortAsync());

        await http.GetAsync(authority, cancellationToken);

        Assert.That(http.Verifications.Single()!.VerifiedPath[0], Is.EqualTo(s_names.Server.Info), serverName);
    }

    [TestCase("127.0.0.2")]
    [TestCase("[::2]")]
    [TestCase("bücher.example.org")]
    [TestCase("other.example.com.")]
    [CancelAfter(30_000)]
    public async Task HttpClient_AnotherHost_IsRejected(string host, CancellationToken cancellationToken)
    {
        using var http = new LoopbackHttpClient(TestContexts.Create(), await KestrelPortAsync());

        var error = await http.GetRejectedAsync(host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
            Assert.That(error.ReferenceIdentifier, Is.EqualTo(ReferenceIdentifier.Parse(host)));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task HttpClient_SeveralHostsWithOneSetOfOptions_ChecksEachByItsName(CancellationToken cancellationToken)
    {
        using var http = new LoopbackHttpClient(TestContexts.Create(), await KestrelPortAsync());

        await http.GetAsync(HandshakePki.Trusted, cancellationToken);
        var wrongHost = await http.GetRejectedAsync(HandshakePki.WrongHost, cancellationToken);
        await http.GetAsync(HandshakePki.ManyNames, cancellationToken);
        var expired = await http.GetRejectedAsync(HandshakePki.Expired, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrongHost.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
            Assert.That(expired.Reason, Is.EqualTo(FailureReason.Expired));
            Assert.That(http.Verifications.Select(v => v!.VerifiedPath[0]), Is.EqualTo(new[] { HandshakePki.Instance[HandshakePki.Trusted].Server.Info, s_names.Server.Info }));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task CreateOptions_HostSetByTheCaller_IsTheOneChecked(CancellationToken cancellationToken)
    {
        var options = TestContexts.Create().CreateOptions("other.example.com");

        options.TargetHost = HandshakePki.ManyNames;
        await using var handshake = await InMemoryHandshake.RunAsync(options, s_names.Server, cancellationToken);
        options.TargetHost = "another.example.com";
        var error = await InMemoryHandshake.RunRejectedAsync(options, s_names.Server, cancellationToken);

        Assert.That(error.Reason, Is.EqualTo(FailureReason.HostnameMismatch));
        Assert.That(error.ReferenceIdentifier!.Value, Is.EqualTo("another.example.com"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not a host")]
    [TestCase("host/path")]
    [CancelAfter(30_000)]
    public async Task CreateOptions_NoHostWhileNamesAreChecked_IsRejected(string? targetHost, CancellationToken cancellationToken)
    {
        var options = TestContexts.Create().CreateOptions();
        options.TargetHost = targetHost;

        var error = await InMemoryHandshake.RunRejectedAsync(options, s_names.Server, cancellationToken);

        Assert.That(error.Reason, Is.EqualTo(FailureReason.MissingReferenceIdentifier));
        Assert.That(error.ReferenceIdentifier, Is.Null);
    }

    [TestCase(null)]
    [TestCase("other.example.com")]
    [CancelAfter(30_000)]
    public async Task CheckHostname_Off_AcceptsAnyNameButNotAnyCertificate(string? host, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.CheckHostname = false;
        using var expired = HandshakePki.Instance.Ca.Intermediate.Issue(s_names.Server.Spec with { NotAfter = HandshakePki.Now.AddDays(-1) });

        await using var handshake = await InMemoryHandshake.RunAsync(context.CreateOptions(host), s_names.Server, cancellationToken);
        var error = await InMemoryHandshake.RunRejectedAsync(context.CreateOptions(host), expired, cancellationToken);

        Assert.That(handshake.Client.GetVerification()!.IsVerified);
        Assert.That(error.Reason, Is.EqualTo(FailureReason.Expired));
    }

    [TestCase(true)]
    [TestCase(false)]
    [CancelAfter(30_000)]
    public async Task HostnameChecksCommonName_CommonNameOnly_CountsWhenAskedFor(bool isAskedFor, CancellationToken cancellationToken)
    {
        var context = TestContexts.Create();
        context.HostnameChecksCommonName = isAskedFor;
        using var server = HandshakePki.Instance.Ca.Intermediate.Issue(s_names.Server.Spec with { DnsNames = [], IPAddresses = [] });
        var options = context.CreateOptions(HandshakePki.ManyNames);

        if (isAskedFor)
        {
            await using var handshake = await InMemoryHandshake.RunAsync(options, server, cancellationToken);
            Assert.That(handshake.Client.GetVerification()!.IsVerified);
        }
        else
        {
            Assert.That((await InMemoryHandshake.RunRejectedAsync(options, server, cancellationToken)).Reason, Is.EqualTo(FailureReason.HostnameMismatch));
        }
    }

    private static Task<int> KestrelPortAsync() => RealServers.PortOfAsync(ServerProgram.Kestrel, s_names);
}
