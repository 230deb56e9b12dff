using System.Net.Security;
using System.Security.Authentication;
using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>What a scripted server does after its script.</summary>
internal static class ServerEndings
{
    private static readonly byte[] s_handshakeFailure = [0x15, 3, 3, 0, 2, 2, 40];

    /// <summary>TLS; then sends back what comes.</summary>
    internal static Func<Stream, Task> Tls(IssuedCertificate certificate, params IReadOnlyList<SslApplicationProtocol> applications) => async stream =>
    {
        await using var tls = new SslStream(stream);
        try
        {
            var options = InMemoryHandshake.CreateServerOptions(certificate);
            options.ApplicationProtocols = applications.Count > 0 ? [.. applications] : null;
            await tls.AuthenticateAsServerAsync(options);
            var buffer = new byte[100];
            var count = await tls.ReadAsync(buffer);
            await tls.WriteAsync(buffer.AsMemory(0, count));
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            // The client does not want to.
        }
    };

    /// <summary>Waits for the client's first TLS record and answers otherwise.</summary>
    internal static Func<Stream, Task> AnswerRecord(byte[] answer) => async stream =>
    {
        await stream.ReadExactlyAsync(new byte[100]);
        await stream.WriteAsync(answer);
        await stream.CopyToAsync(Stream.Null);
    };

    /// <summary>Waits for the client's first TLS record and answers with a fatal alert.</summary>
    internal static Func<Stream, Task> Alert() => AnswerRecord(s_handshakeFailure);

    /// <summary>Says nothing more, and does something in the meantime.</summary>
    internal static Func<Stream, Task> Stall(Action meanwhile) => async stream =>
    {
        meanwhile();
        await stream.CopyToAsync(Stream.Null);
    };

    /// <summary>Says the same for longer than any client should listen.</summary>
    internal static Func<Stream, Task> Repeat(byte[] words) => async stream =>
    {
        for (var said = 0; words.Length > 0 && said < 4 * StartTlsOptions.Default.MaxPlaintextBytes; said += words.Length)
        {
            await stream.WriteAsync(words);
        }

        await stream.CopyToAsync(Stream.Null);
    };
}
