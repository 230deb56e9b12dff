using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Truststore.Cli.Demo;
using Truststore.Tests.Docs;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Recipes;

/// <summary>docs/recipes.md, run against the servers that people have: accepted with the private CA, and rejected with the right reason without it.</summary>
[Platform(Include = "Linux", Reason = "The servers are Debian's.")]
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The streams on top dispose those below.")]
[SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "They are awaited.")]
internal sealed class RecipeTests
{
    private const int Patience = Tests.Patience.OfATestInMilliseconds;
    private const string Host = RecipePki.Host;

    [Test]
    [CancelAfter(Patience)]
    public async Task PostgreSql_Npgsql_IsVerified(CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<PostgreSqlSetup>();
        await using var source = RecipeSnippets.PostgreSql(RecipePki.CreateContext(), Host, port);
        await using var command = source.CreateCommand("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
        await using var untrusting = RecipeSnippets.PostgreSql(TlsContext.CreateDefault(), Host, port);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await command.ExecuteScalarAsync(cancellationToken), Is.True);
            Assert.That(ReasonOf(await Assert.ThrowsAsync<NpgsqlException>(() => untrusting.OpenConnectionAsync(cancellationToken).AsTask())), Is.EqualTo(FailureReason.IssuerNotFound));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task RabbitMq_Client_IsVerified(CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<RabbitMqSetup>();
        await using var connection = await RecipeSnippets.RabbitMqAsync(RecipePki.CreateContext(), Host, port);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);

        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        var error = await Assert.ThrowsAsync<BrokerUnreachableException>(() => RecipeSnippets.RabbitMqAsync(TlsContext.CreateDefault(), Host, port));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(queue.QueueName, Is.Not.Empty);
            Assert.That(ReasonOf(error), Is.EqualTo(FailureReason.IssuerNotFound));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task Redis_WrappedStream_IsVerified(CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<RedisSetup>();
        await using var tls = await RecipeSnippets.AnyProtocolAsync(RecipePki.CreateContext(), await TlsClient.OpenAsync(port, cancellationToken), Host);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RespClient.PingAsync(tls, cancellationToken), Is.EqualTo("+PONG"));
            Assert.That(await RejectAsync(TlsContext.CreateDefault(), port, Host, cancellationToken), Is.EqualTo(FailureReason.IssuerNotFound));
            Assert.That(await RejectAsync(RecipePki.CreateContext(), port, "other.example.com", cancellationToken), Is.EqualTo(FailureReason.HostnameMismatch));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task Redis_ThatAsksForCertificates_GetsTheContexts(CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<MutualRedisSetup>();
        await using var known = await RecipePki.CreateContext(RecipePki.Instance.Client).WrapStreamAsync(await TlsClient.OpenAsync(port, cancellationToken), Host, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await RespClient.PingAsync(known, cancellationToken), Is.EqualTo("+PONG"));
            Assert.That(() => PingAsync(RecipePki.CreateContext(), port, cancellationToken), Throws.InstanceOf<IOException>());
            Assert.That(() => PingAsync(RecipePki.CreateContext(RecipePki.Instance.StrangerClient), port, cancellationToken), Throws.InstanceOf<IOException>());
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task MariaDb_StartTls_IsVerified(CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<MariaDbSetup>();
        await using var tls = await StartTls.UpgradeAsync(await TlsClient.OpenAsync(port, cancellationToken), StartTlsProtocol.MySql, RecipePki.CreateContext(), Host, cancellationToken: cancellationToken);

        var error = await Assert.ThrowsAsync<CertificateVerificationException>(
            async () => await StartTls.UpgradeAsync(await TlsClient.OpenAsync(port, cancellationToken), StartTlsProtocol.MySql, TlsContext.CreateDefault(), Host, cancellationToken: cancellationToken));

        Assert.That((tls.GetVerification()!.IsVerified, error!.Reason), Is.EqualTo((true, FailureReason.IssuerNotFound)));
    }

    [TestCase("known", "CN=A client")]
    [TestCase("revoked", null)]
    [TestCase("wrong purpose", null)]
    [TestCase("stranger", null)]
    [TestCase("nobody", null)]
    [CancelAfter(Patience)]
    public async Task Nginx_ThatVerifiesClients_GetsTheContexts(string client, string? expected, CancellationToken cancellationToken)
    {
        var port = await RecipeServers.PortOfAsync<MutualNginxSetup>();
        using var http = new HttpClient(RecipeSnippets.Handler(RecipePki.CreateContext(ClientOf(client))));

        using var response = await http.GetAsync(new Uri($"https://{Host}:{port}/"), cancellationToken);

        Assert.That(response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellationToken) : null, Is.EqualTo(expected));
    }

    [TestCase("known", "A client")]
    [TestCase("revoked", null)]
    [TestCase("wrong purpose", null)]
    [TestCase("stranger", null)]
    [TestCase("nobody", null)]
    [CancelAfter(Patience)]
    public async Task Kestrel_ThatVerifiesClients_RefusesWhomItMust(string client, string? expected, CancellationToken cancellationToken)
    {
        await using var server = await RecipeKestrel.StartAsync(RecipePki.CreateServerContext(TlsVerifyMode.Required));
        using var http = new HttpClient(RecipeSnippets.Handler(RecipePki.CreateContext(ClientOf(client))));

        if (expected is null)
        {
            Assert.That(() => http.GetStringAsync(server.Url, cancellationToken), Throws.InstanceOf<HttpRequestException>());
        }
        else
        {
            Assert.That(await http.GetStringAsync(server.Url, cancellationToken), Is.EqualTo(expected));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task WebSocket_HandlerWithContext_IsVerified(CancellationToken cancellationToken)
    {
        await using var server = await RecipeKestrel.StartAsync(RecipePki.CreateServerContext(TlsVerifyMode.None));
        var url = new UriBuilder(server.Url) { Scheme = "wss", Path = "/socket" }.Uri;
        using var socket = await RecipeSnippets.WebSocketAsync(RecipePki.CreateContext(), url);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var buffer = new byte[20];
        var received = await socket.ReceiveAsync(buffer, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetString(buffer, 0, received.Count), Is.EqualTo("hello"));
            Assert.That(ReasonOf(await Assert.ThrowsAsync<WebSocketException>(() => RecipeSnippets.WebSocketAsync(TlsContext.CreateDefault(), url))), Is.EqualTo(FailureReason.IssuerNotFound));
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task Factory_Clients_AreThoseOfTheRecipe(CancellationToken cancellationToken)
    {
        await using var server = await RecipeKestrel.StartAsync(RecipePki.CreateServerContext(TlsVerifyMode.None));
        using var files = new Core.Trust.TemporaryDirectory();
        var services = new ServiceCollection();
        RecipeSnippets.Factory(services, files.Write("ca.pem", RecipePki.Instance.Ca.RootPem));
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        using var any = factory.CreateClient();
        using var plain = factory.CreateClient("by .NET's own verification");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await any.GetStringAsync(server.Url, cancellationToken), Is.EqualTo("nobody"));
            Assert.That(() => plain.GetStringAsync(server.Url, cancellationToken), Throws.InstanceOf<HttpRequestException>());
        }
    }

    [Test]
    [CancelAfter(Patience)]
    public async Task ServerAndClient_OfTheRecipe_KnowEachOther(CancellationToken cancellationToken)
    {
        using var files = new Core.Trust.TemporaryDirectory();
        var pki = RecipePki.Instance;
        var caFile = files.Write("ca.pem", pki.Ca.RootPem);
        var server = RecipeSnippets.Server(files.Write("server.pem", pki.Server.ExportChainPem()), files.Write("server.key", pki.Server.ExportKeyPem()), caFile);
        var client = RecipeSnippets.Client(caFile, files.Write("client.pem", pki.Client.ExportChainPem()), files.Write("client.key", pki.Client.ExportKeyPem()));
        var (clientEnd, serverEnd) = DuplexStream.CreatePair();

        var serving = server.WrapServerStreamAsync(serverEnd, cancellationToken);
        await using var clientStream = await client.WrapStreamAsync(clientEnd, Host, cancellationToken);
        await using var serverStream = await serving;

        Assert.That((clientStream.GetVerification()!.IsVerified, serverStream.GetVerification()!.IsVerified), Is.EqualTo((true, true)));
    }

    private static IssuedCertificate? ClientOf(string name) => name switch
    {
        "known" => RecipePki.Instance.Client,
        "revoked" => RecipePki.Instance.RevokedClient,
        "wrong purpose" => RecipePki.Instance.WrongPurposeClient,
        "stranger" => RecipePki.Instance.StrangerClient,
        _ => null,
    };

    private static async Task<string> PingAsync(TlsContext context, int port, CancellationToken cancellationToken)
    {
        await using var tls = await context.WrapStreamAsync(await TlsClient.OpenAsync(port, cancellationToken), Host, cancellationToken);
        return await RespClient.PingAsync(tls, cancellationToken);
    }

    private static async Task<FailureReason> RejectAsync(TlsContext context, int port, string host, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<CertificateVerificationException>(async () => await context.WrapStreamAsync(await TlsClient.OpenAsync(port, cancellationToken), host, cancellationToken));
        return error!.Reason;
    }

    /// <summary>The reason inside of what a library makes of it.</summary>
    private static FailureReason? ReasonOf(Exception? error) => error switch
    {
        null => null,
        CertificateVerificationException rejection => rejection.Reason,
        AggregateException several => several.InnerExceptions.Select(ReasonOf).FirstOrDefault(r => r is not null),
        _ => ReasonOf(error.InnerException),
    };
}
