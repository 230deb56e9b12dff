using System.Net.Security;

namespace Truststore.Negotiation;

/// <summary>What there is to know of a protocol.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="DefaultPort">The TCP port for connections to be upgraded.</param>
/// <param name="Negotiator">Who speaks it.</param>
internal sealed record ProtocolDescription(string Name, int DefaultPort, INegotiator Negotiator)
{
    /// <summary>The application protocol to be offered in the handshake in place of the context's own; <see langword="null"/> for those.</summary>
    internal SslApplicationProtocol? ApplicationProtocol { get; init; }

    /// <summary>Whether the server has to choose it.</summary>
    internal bool RequiresApplicationProtocol { get; init; }

    /// <summary>Whether the certificate is to be for <see cref="StartTlsOptions.XmppDomain"/>.</summary>
    internal bool UsesXmppDomain { get; init; }
}
