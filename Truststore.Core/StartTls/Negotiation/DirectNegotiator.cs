namespace Truststore.Negotiation;

/// <summary>TLS from the first byte: nothing is said in plaintext.</summary>
internal sealed class DirectNegotiator : INegotiator
{
    public Task NegotiateAsync(PlaintextSession session, CancellationToken cancellationToken) => Task.CompletedTask;
}
