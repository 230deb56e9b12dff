
namespace Truststore.Tests.Handshakes;

/// <summary>A handshake looks at no file: proved by watching the system calls of this process.</summary>
[NonParallelizable]
internal sealed class NoFileAccessTests
{
    private const int Handshakes = 100;

    [Test]
    [CancelAfter(60_000)]
    public async Task Handshakes_Hundred_TouchNoAnchors(CancellationToken cancellationToken)
    {
        var scenario = HandshakePki.Instance[HandshakePki.Trusted];
        var context = TestContexts.Create();
        var server = InMemoryHandshake.CreateServerOptions(scenario.Server);
        await ShakeHandsAsync();
        await Task.Delay(6000, cancellationToken);

        using var trace = await SystemCallTrace.AttachAsync(cancellationToken);
        File.Exists("/truststore-begin");
        for (var i = 0; i < Handshakes; i++)
        {
            await ShakeHandsAsync();
        }

        File.Exists("/truststore-end");
        var calls = await trace.StopAsync(cancellationToken);
        await File.WriteAllLinesAsync("/tmp/trace.txt", calls, cancellationToken);

        async Task ShakeHandsAsync() => await (await InMemoryHandshake.RunAsync(context.CreateOptions(scenario.Host), server, cancellationToken)).DisposeAsync();
    }
}
