using System.Net.Security;

namespace Truststore;

/// <summary>Names of cipher suites, by OpenSSL and by IANA.</summary>
internal static class CipherSuiteNames
{
    private static readonly char[] s_separators = [':', ',', ' '];

    /// <summary>Reads a list of names separated by colons, commas or spaces.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    internal static IReadOnlyList<TlsCipherSuite> Parse(string ciphers) =>
        [.. ciphers.Split(s_separators, StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<TlsCipherSuite>)];
}
