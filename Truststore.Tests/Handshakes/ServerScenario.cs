using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>A host, what it presents, and what a client that trusts <see cref="HandshakePki.Ca"/> must make of it.</summary>
/// <param name="Host">The name by which the server is asked for, and by which one server tells the scenarios apart.</param>
/// <param name="SentChain">What the server sends, its own certificate first.</param>
/// <param name="Expected">The reason for which it is rejected; <see langword="null"/> when it is accepted.</param>
internal sealed record ServerScenario(string Host, IReadOnlyList<IssuedCertificate> SentChain, FailureReason? Expected)
{
    internal IssuedCertificate Server => SentChain[0];
}
