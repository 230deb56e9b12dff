namespace Truststore.Extensions.Http;

/// <summary>The error of a client that a context cannot protect.</summary>
internal static class ClientRefusal
{
    /// <param name="client">The client's name.</param>
    /// <param name="reason">What is in the way, and how to remove it; the end of a sentence without a full stop.</param>
    /// <param name="cause">What was thrown, if anything.</param>
    internal static InvalidOperationException Create(string? client, string reason, Exception? cause = null) =>
        new(
            $"The HTTP client '{client}' cannot verify servers by Truststore: {reason}, or let the client keep its own verification "
            + "by RemoveTruststore() on its builder.",
            cause);
}
