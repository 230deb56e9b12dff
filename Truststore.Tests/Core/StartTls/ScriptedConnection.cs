using System.Net.Security;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>A client that upgrades, and a server in memory that plays a script and then does something else.</summary>
internal sealed class ScriptedConnection
{
    private readonly DuplexStream _server;

    internal ScriptedConnection(int maxRead = int.MaxValue)
    {
        (var client, _server) = DuplexStream.CreatePair();
        Client = new ObservedStream(client, maxRead);
    }

    /// <summary>The client's end.</summary>
    internal ObservedStream Client { get; }

    /// <summary>Everything that the client sent before TLS.</summary>
    internal byte[] Plaintext { get; private set; } = [];

    /// <summary>Upgrades while the server plays.</summary>
    /// <param name="protocol">What the client speaks.</param>
    /// <param name="script">What is said first.</param>
    /// <param name="then">What the server does then; <see langword="null"/> to hang up.</param>
    /// <param name="options">The client's options.</param>
    /// <param name="host">Whom the client wants.</param>
    /// <param name="cancellationToken">The client's.</param>
    internal async Task<SslStream> UpgradeAsync(
        StartTlsProtocol protocol, IEnumerable<ScriptStep> script, Func<Stream, Task>? then = null, StartTlsOptions? options = null, string host = ProtocolScripts.Host, CancellationToken cancellationToken = default)
    {
        // The client first, so that it is already listening, and its time running, when the server falls silent.
        var upgrading = StartTls.UpgradeAsync(Client, protocol, TestContexts.Create(), host, options, cancellationToken);
        var playing = PlayAsync(_server, script, then, words => Plaintext = [.. Plaintext, .. words]);
        try
        {
            return await upgrading;
        }
        finally
        {
            if (Client.IsDisposed)
            {
                await _server.DisposeAsync();
                await playing;
            }
        }
    }

    /// <summary>Ends the server's words, whatever it still waits for.</summary>
    internal void HangUp() => _server.CompleteWriting();

    /// <summary>Upgrades, which has to fail.</summary>
    internal async Task<StartTlsException> FailAsync(StartTlsProtocol protocol, IEnumerable<ScriptStep> script, Func<Stream, Task>? then = null, StartTlsOptions? options = null)
    {
        var error = await Assert.ThrowsAsync<StartTlsException>(async () => await (await UpgradeAsync(protocol, script, then, options)).DisposeAsync());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Client.IsDisposed, Is.True, "The connection has to be closed.");
            Assert.That(error!.Protocol, Is.EqualTo(protocol));
            Assert.That(error.Message, Does.Contain(error.Reason.ToString()).And.Contains(ProtocolScripts.Host).And.Contains(StartTlsAdvice.For(error.Reason)));
        }

        return error!;
    }

    /// <summary>Plays the server.</summary>
    internal static async Task PlayAsync(Stream server, IEnumerable<ScriptStep> script, Func<Stream, Task>? then, Action<byte[]>? heard = null)
    {
        try
        {
            foreach (var step in script)
            {
                if (step.IsServer)
                {
                    await server.WriteAsync(step.Bytes);
                }
                else
                {
                    var words = new byte[step.Bytes.Length];
                    await server.ReadExactlyAsync(words);
                    heard?.Invoke(words);
                }
            }

            await (then?.Invoke(server) ?? server.DisposeAsync().AsTask());
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidOperationException or ObjectDisposedException or IOException)
        {
            // The client has hung up.
        }
    }
}
