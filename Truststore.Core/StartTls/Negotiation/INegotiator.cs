namespace Truststore.Negotiation;

/// <summary>Speaks one protocol up to the server's go-ahead for TLS. Has no state.</summary>
internal interface INegotiator
{
    /// <summary>Asks the server to begin with TLS.</summary>
    /// <exception cref="StartTlsException">It does not.</exception>
    Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken);
}
