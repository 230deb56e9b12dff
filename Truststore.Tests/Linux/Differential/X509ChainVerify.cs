using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>.NET's own X509Chain and MatchesHostname.</summary>
internal sealed class X509ChainVerify : IPeer
{
    public string Name => "X509Chain";

    public IReadOnlyList<Explanation> Explanations => X509ChainExplanations.All;

    public string? FindMissing() => null;

    public IReadOnlyList<IReadOnlyList<Objection>> Verify(IReadOnlyList<DifferentialCase> cases)
    {
        var verdicts = new IReadOnlyList<Objection>[cases.Count];
        Parallel.For(0, cases.Count, i => verdicts[i] = Verify(cases[i]));
        return verdicts;
    }

    /// <summary>What .NET says of a case; an empty list is an acceptance. Exceptions count as objections.</summary>
    private static IReadOnlyList<Objection> Verify(DifferentialCase testCase)
    {
        using var leaf = TryLoad(testCase.Peer[0]);
        if (leaf is null)
        {
            return [new Objection("load", 0, "the end-entity certificate cannot be loaded")];
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = ChainPlan.Now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ExtensionOids.ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(Load(testCase.Peer.Skip(1)));
        chain.ChainPolicy.CustomTrustStore.AddRange(Load(testCase.Anchors.Select(a => a.Der)));
        try
        {
            return [.. BuildChain(chain, leaf), .. MatchHost(leaf, testCase.Host)];
        }
        finally
        {
            foreach (var certificate in chain.ChainPolicy.ExtraStore.Concat(chain.ChainPolicy.CustomTrustStore).Concat(chain.ChainElements.Select(e => e.Certificate)))
            {
                certificate.Dispose();
            }
        }
    }

    internal static X509Certificate2? TryLoad(ReadOnlyMemory<byte> der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2[] Load(IEnumerable<ReadOnlyMemory<byte>> certificates) => [.. certificates.Select(TryLoad).OfType<X509Certificate2>()];

    private static IReadOnlyList<Objection> BuildChain(X509Chain chain, X509Certificate2 leaf)
    {
        try
        {
            if (chain.Build(leaf))
            {
                return [];
            }
        }
        catch (CryptographicException error)
        {
            return [new Objection(nameof(CryptographicException), -1, error.Message)];
        }

        var objections = chain.ChainElements.SelectMany((element, depth) => element.ChainElementStatus.Select(s => new Objection(s.Status.ToString(), depth, s.StatusInformation))).ToList();
        var more = chain.ChainStatus.Where(s => objections.TrueForAll(o => !string.Equals(o.Code, s.Status.ToString(), StringComparison.Ordinal)));
        return [.. objections.Concat(more.Select(s => new Objection(s.Status.ToString(), -1, s.StatusInformation))).DistinctBy(o => (o.Code, o.Depth))];
    }

    private static IReadOnlyList<Objection> MatchHost(X509Certificate2 leaf, ReferenceIdentifier? host)
    {
        try
        {
            return host is null || leaf.MatchesHostname(host.Value, allowWildcards: true, allowCommonName: false) ? [] : [new Objection("Hostname", 0, $"not for {host.Value}")];
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return [new Objection("Hostname" + error.GetType().Name, 0, error.Message)];
        }
    }
}
