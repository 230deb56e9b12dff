using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Benchmarks;

/// <summary>What SslStream does to verify a server: X509Chain.Build with the purpose set and the peer's certificates at hand, then the name.</summary>
internal sealed class StockVerifier
{
    private static readonly Oid s_serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509ChainPolicy _policy;

    internal StockVerifier(X509ChainPolicy policy)
    {
        _policy = policy;
        _policy.ApplicationPolicy.Add(s_serverAuthentication);
    }

    internal bool Verify(X509Certificate2[] peer, string host, DateTimeOffset time)
    {
        using var chain = new X509Chain { ChainPolicy = _policy.Clone() };
        chain.ChainPolicy.VerificationTime = time.UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(peer);

        var trusted = chain.Build(peer[0]) && peer[0].MatchesHostname(host);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return trusted;
    }
}
