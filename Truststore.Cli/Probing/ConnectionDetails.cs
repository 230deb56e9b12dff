namespace Truststore.Cli.Probing;

/// <summary>What was negotiated on a connection.</summary>
/// <param name="Address">The peer's address and port; <see langword="null"/> where there is none.</param>
/// <param name="Protocol">The TLS version.</param>
/// <param name="CipherSuite">The cipher suite's IANA name.</param>
/// <param name="ApplicationProtocol">The protocol chosen by ALPN, or <see langword="null"/>.</param>
internal sealed record ConnectionDetails(string? Address, string Protocol, string CipherSuite, string? ApplicationProtocol);
