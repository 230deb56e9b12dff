namespace Truststore.Cli.Demo;

/// <summary>A server of the demo and what is to be said about it.</summary>
/// <param name="Name">What the server is an example of.</param>
/// <param name="Server">The server's certificate.</param>
/// <param name="Chain">The certificates that the server sends besides.</param>
/// <param name="Expected">The reason for which it is to be rejected; <see langword="null"/> when it is to be trusted.</param>
internal sealed record DemoScenario(string Name, IssuedCertificate Server, IReadOnlyList<IssuedCertificate> Chain, FailureReason? Expected)
{
    /// <summary>The name that clients ask for (RFC 6761: .test belongs to nobody).</summary>
    internal const string Host = "www.example.test";

    /// <summary>Whether the server needs a TLS library that does not mind a short key.</summary>
    internal bool HasWeakKey { get; init; }
}
