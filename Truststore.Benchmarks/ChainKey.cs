namespace Truststore.Benchmarks;

/// <summary>The kind of all keys of a chain.</summary>
public enum ChainKey
{
    P256,
    Rsa2048,
}
