using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Truststore.Tests.Docs;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Recipes;

/// <summary>One context for all clients at once, under load. TRUSTSTORE_LOAD_SECONDS says how long; a few seconds by default.</summary>
[Platform(Include = "Linux", Reason = "The servers are Debian's.")]
[NonParallelizable]
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The streams on top dispose those below.")]
internal sealed class SharedContextTests
{
    private const string Host = RecipePki.Host;
    private const int DefaultSeconds = 5;
    private const int Rounds = 10;

    /// <summary>For a round, in which there are some thousand visits; the clients' own pools grow and shrink by half of that.</summary>
    private const long Tolerance = 256 * 1024;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("TRUSTSTORE_LOAD_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : DefaultSeconds);

    [Test]
    [CancelAfter(Patience.OfATestInMilliseconds)]
    public async Task Context_SharedByAllClients_NeitherFailsNorGrows(CancellationToken cancellationToken)
    {
        var context = RecipePki.CreateContext(RecipePki.Instance.Client);
        context.MaxVerdictAge = TimeSpan.FromMilliseconds(50); // judged anew now and then, remembered in between
        await using var server = await RecipeKestrel.StartAsync(RecipePki.CreateServerContext(TlsVerifyMode.Required));
        var clients = await ClientsAsync(context, server.Url);
        var visits = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);

        await RunAsync(clients, visits, s_duration / 4, cancellationToken);
        List<long> held = [Growth.Held().Managed];
        for (var round = 0; round < Rounds; round++)
        {
            await RunAsync(clients, visits, s_duration / Rounds, cancellationToken);
            held.Add(Growth.Held().Managed);
        }

        await TestContext.Out.WriteLineAsync($"{string.Join(", ", visits.Select(v => $"{v.Key}: {v.Value}"))}; KiB held: {string.Join(", ", held.Select(h => h / 1024))}");
        Assert.That(visits.Keys, Is.EquivalentTo(clients.Keys));
        Assert.That(Growth.OfARound(held), Is.LessThan(Tolerance));
    }

    private static async Task<Dictionary<string, Func<CancellationToken, Task>>> ClientsAsync(TlsContext context, Uri kestrel)
    {
        var (nginx, postgreSql, redis, mariaDb, rabbitMq) = (
            await RecipeServers.PortOfAsync<MutualNginxSetup>(),
            await RecipeServers.PortOfAsync<PostgreSqlSetup>(),
            await RecipeServers.PortOfAsync<MutualRedisSetup>(),
            await RecipeServers.PortOfAsync<MariaDbSetup>(),
            await RecipeServers.PortOfAsync<RabbitMqSetup>());
        return new Dictionary<string, Func<CancellationToken, Task>>(StringComparer.Ordinal)
        {
            ["Kestrel"] = token => GetAsync(context, kestrel, "A client", token),
            ["nginx"] = token => GetAsync(context, new Uri($"https://{Host}:{nginx}/"), "CN=A client", token),
            ["PostgreSQL"] = async token =>
            {
                await using var source = RecipeSnippets.PostgreSql(context, Host, postgreSql);
                await using var command = source.CreateCommand("select 1");
                Assert.That(await command.ExecuteScalarAsync(token), Is.EqualTo(1));
            },
            ["Redis"] = async token =>
            {
                await using var tls = await context.WrapStreamAsync(await TlsClient.OpenAsync(redis, token), Host, token);
                Assert.That(await RespClient.PingAsync(tls, token), Is.EqualTo("+PONG"));
            },
            ["MariaDB"] = async token =>
            {
                await using var tls = await StartTls.UpgradeAsync(await TlsClient.OpenAsync(mariaDb, token), StartTlsProtocol.MySql, context, Host, cancellationToken: token);
                Assert.That(tls.GetVerification()!.IsVerified);
            },
            ["RabbitMQ"] = async token =>
            {
                await using var connection = await RecipeSnippets.RabbitMqAsync(context, Host, rabbitMq);
                Assert.That(connection.IsOpen);
            },
        };
    }

    private static async Task GetAsync(TlsContext context, Uri url, string expected, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(RecipeSnippets.Handler(context));
        Assert.That(await http.GetStringAsync(url, cancellationToken), Is.EqualTo(expected));
    }

    private static Task RunAsync(Dictionary<string, Func<CancellationToken, Task>> clients, ConcurrentDictionary<string, int> visits, TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        return Task.WhenAll(clients.Select(client => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(start) < duration)
                {
                    await client.Value(cancellationToken);
                    visits.AddOrUpdate(client.Key, 1, static (_, count) => count + 1);
                }
            },
            cancellationToken)));
    }
}
