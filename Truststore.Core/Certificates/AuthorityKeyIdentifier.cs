namespace Truststore;

/// <summary>What an authority key identifier extension says (RFC 5280 §4.2.1.1).</summary>
/// <param name="KeyIdentifier">The issuer's subject key identifier; empty when absent.</param>
/// <param name="HasIssuer">Whether authorityCertIssuer is present.</param>
/// <param name="HasSerialNumber">Whether authorityCertSerialNumber is present.</param>
public sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte> KeyIdentifier, bool HasIssuer, bool HasSerialNumber);
