using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Truststore.Negotiation;

namespace Truststore.Cli.Probing;

/// <summary>Connects to a server, upgrades the connection where asked to, does one TLS handshake, and hangs up.</summary>
internal sealed class TlsProbe(CliEnvironment environment, TlsContext context, TimeSpan timeout)
{
    /// <summary>The protocol of the upgrade; <see langword="null"/> for TLS from the first byte.</summary>
    internal StartTlsProtocol? StartTls { get; init; }

    /// <summary>Connects to an endpoint and asks for a name.</summary>
    internal async Task<ProbeResult> RunAsync(Endpoint endpoint, ReferenceIdentifier identity, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, environment.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await using var stream = await environment.ConnectAsync(endpoint.Host, endpoint.Port, either.Token);
            return await HandshakeAsync(endpoint, identity, stream, either.Token, cancellationToken);
        }
        catch (SocketException error)
        {
            return ProbeResult.Failed(Explain(error, endpoint));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeResult.Failed($"No connection to {endpoint} within {Seconds}. Check the port and whether a firewall is in between; --timeout waits longer.");
        }
    }

    private async Task<ProbeResult> HandshakeAsync(Endpoint endpoint, ReferenceIdentifier identity, Stream stream, CancellationToken either, CancellationToken interrupt)
    {
        SslStream? tls = null;
        try
        {
            (tls, var options, var session) = await BeginAsync(stream, identity, either);
            await tls.AuthenticateAsClientAsync(options, either);
            session?.CheckApplicationProtocol(tls.NegotiatedApplicationProtocol);
            var verdict = tls.GetVerification() ?? throw new UnreachableException("A handshake ended well without a verdict.");
            return new ProbeResult(Describe(tls, stream), verdict, null);
        }
        catch (CertificateVerificationException error)
        {
            return new ProbeResult(Describe(tls!, stream), error.Result, null);
        }
        catch (StartTlsException error)
        {
            return ProbeResult.Failed($"{endpoint}: {error.Message}");
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return ProbeResult.Failed($"The TLS handshake with {endpoint} failed before a verdict: {Innermost(error)} {FirstByteAdvice}Check that the server has a TLS version in common (--min-tls, --max-tls).");
        }
        catch (OperationCanceledException) when (!interrupt.IsCancellationRequested)
        {
            return ProbeResult.Failed($"{endpoint} took the connection but did not finish the {(StartTls is null ? "TLS handshake" : "upgrade to TLS")} within {Seconds}. Check that the port speaks {(StartTls is null ? "TLS" : "this protocol")}; --timeout waits longer.");
        }
        finally
        {
            await (tls?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    // The two halves of StartTls.UpgradeAsync, so that a rejected server's connection can be described too.
    private async Task<(SslStream Tls, SslClientAuthenticationOptions Options, PlaintextSession? Session)> BeginAsync(Stream stream, ReferenceIdentifier identity, CancellationToken cancellationToken)
    {
        if (StartTls is not { } protocol)
        {
            return (new SslStream(stream, leaveInnerStreamOpen: true), context.CreateOptions(identity.Value), null);
        }

        var session = Truststore.StartTls.Open(stream, protocol, identity.Value, StartTlsOptions.Default);
        var options = Truststore.StartTls.CreateTlsOptions(context, session);
        return (new SslStream(await Truststore.StartTls.NegotiateAsync(session, cancellationToken), leaveInnerStreamOpen: true), options, session);
    }

    private string FirstByteAdvice => StartTls is null ? "Check that the port speaks TLS from the first byte (--starttls is for others). " : string.Empty;

    private string Seconds => string.Create(CultureInfo.InvariantCulture, $"{timeout.TotalSeconds:0.###} s");

    private static ConnectionDetails? Describe(SslStream tls, Stream transport)
    {
        try
        {
            var alpn = tls.NegotiatedApplicationProtocol.Protocol;
            return new ConnectionDetails(
                AddressOf(transport),
                tls.SslProtocol switch
                {
                    SslProtocols.Tls12 => "TLSv1.2",
                    SslProtocols.Tls13 => "TLSv1.3",
                    var other => other.ToString(),
                },
                tls.NegotiatedCipherSuite.ToString(),
                alpn.IsEmpty ? null : Encoding.UTF8.GetString(alpn.Span));
        }
        catch (InvalidOperationException)
        {
            // Where the verdict comes before the handshake's end, a rejected stream has nothing to tell.
            return null;
        }
    }

    private static string? AddressOf(Stream transport) => transport is NetworkStream { Socket.RemoteEndPoint: IPEndPoint peer }
        ? new IPEndPoint(peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address, peer.Port).ToString()
        : null;

    private static string Explain(SocketException error, Endpoint endpoint) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The name '{endpoint.Host}' cannot be resolved ({error.Message}). Check its spelling and the DNS settings.",
        SocketError.ConnectionRefused => $"{endpoint} refused the connection: nothing listens on port {endpoint.Port.ToString(CultureInfo.InvariantCulture)} there.",
        SocketError.TimedOut => $"{endpoint} does not answer. Check the port and whether a firewall is in between.",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => $"There is no route to {endpoint} ({error.Message}). Check the network.",
        _ => $"Cannot connect to {endpoint}: {error.Message} ({error.SocketErrorCode}).",
    };

    private static string Innermost(Exception error)
    {
        var message = error.GetBaseException().Message.TrimEnd();
        return message.EndsWith('.') ? message : message + ".";
    }
}
