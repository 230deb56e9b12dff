using Spectre.Console;
using Truststore.Cli.Probing;

namespace Truststore.Cli.Output;

/// <summary>Writes the outcome of a check for people.</summary>
internal sealed class CheckWriter(IAnsiConsole console)
{
    internal void Write(Endpoint endpoint, ReferenceIdentifier identity, ConnectionDetails? connection, VerdictView verdict)
    {
        console.WriteField("Server", connection?.Address is { } address ? $"{endpoint} ({address})" : endpoint.ToString());
        console.WriteField("Name", identity.Value);
        if (connection is not null)
        {
            console.WriteField("Protocol", connection.Protocol);
            console.WriteField("Cipher", connection.CipherSuite);
            console.WriteField("ALPN", connection.ApplicationProtocol ?? "none");
        }

        new VerdictWriter(console, "sent by the peer").Write(identity.Value, verdict);
    }
}
