using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

/// <summary>The certificates of the tool's tests, made once.</summary>
internal static class CliPki
{
    internal const string Host = "www.example.test";

    private static readonly Lazy<ThrowAwayCa> s_ca = new(() => new ThrowAwayCa(CliRun.Now, "Tool"));
    private static readonly Lazy<IssuedCertificate> s_server = new(() => Ca.Issue(Ca.ServerSpec(Host) with { IPAddresses = ["127.0.0.1"] }));

    internal static ThrowAwayCa Ca => s_ca.Value;

    /// <summary>A good certificate for <see cref="Host"/> and 127.0.0.1.</summary>
    internal static IssuedCertificate Server => s_server.Value;

    /// <summary>Starts a server that sends its whole chain.</summary>
    internal static LoopbackTlsServer Start(IssuedCertificate certificate, LoopbackTlsServerOptions? options = null) =>
        LoopbackTlsServer.Start(certificate, certificate.ServerChain.Skip(1), options);
}
