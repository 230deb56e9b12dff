using System.Net.Security;
using System.Security.Authentication;

namespace Truststore.Cli.Demo;

/// <summary>How a loopback server speaks TLS.</summary>
internal sealed record LoopbackTlsServerOptions
{
    internal static LoopbackTlsServerOptions Default { get; } = new();

    /// <summary>The TLS versions; the platform's choice by default.</summary>
    internal SslProtocols Protocols { get; init; }

    /// <summary>The application protocols to choose from; none by default.</summary>
    internal IReadOnlyList<SslApplicationProtocol> ApplicationProtocols { get; init; } = [];

    /// <summary>Whether OpenSSL's security level is lowered, so that it serves a certificate whose key is too short for it.</summary>
    internal bool AllowWeakKey { get; init; }
}
