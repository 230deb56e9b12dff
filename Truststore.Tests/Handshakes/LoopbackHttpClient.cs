using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;

namespace Truststore.Tests.Handshakes;

/// <summary>An HttpClient over a context, for which every host is at one port of loopback.</summary>
internal sealed class LoopbackHttpClient : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _client;

    internal LoopbackHttpClient(TlsContext context, int port, Action<SocketsHttpHandler>? configure = null)
    {
        _handler = new SocketsHttpHandler
        {
            SslOptions = context.CreateOptions(),
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) => await TlsClient.OpenAsync(port, cancellationToken),
            PlaintextStreamFilter = (filter, _) =>
            {
                Verifications.Enqueue((filter.PlaintextStream as SslStream)?.GetVerification());
                return ValueTask.FromResult(filter.PlaintextStream);
            },
        };
        configure?.Invoke(_handler);
        _client = new HttpClient(_handler);
    }

    /// <summary>The verdicts of the connections that were made.</summary>
    internal ConcurrentQueue<ChainVerificationResult?> Verifications { get; } = [];

    internal Task<string> GetAsync(string host, CancellationToken cancellationToken) => GetAsync(host, HttpVersion.Version11, cancellationToken);

    /// <summary>Asks for the root page, by the very version.</summary>
    internal async Task<string> GetAsync(string host, Version version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://{host}/")) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Asks a server that has to be rejected.</summary>
    /// <returns>The reason.</returns>
    internal async Task<CertificateVerificationException> GetRejectedAsync(string host, CancellationToken cancellationToken)
    {
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(host, cancellationToken));
        Assert.That(error!.InnerException, Is.InstanceOf<CertificateVerificationException>());
        return (CertificateVerificationException)error.InnerException!;
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }
}
