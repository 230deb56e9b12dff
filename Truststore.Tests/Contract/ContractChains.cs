using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Contract;

/// <summary>
/// The chains that the contract of every verifier is about, by name, each from the end-entity certificate to its root: made by <see cref="ContractPki"/>, or loaded from files where no
/// keys can be made.
/// </summary>
internal sealed class ContractChains
{
    /// <summary>Names the folder of saved chains; without it they are made.</summary>
    internal const string Variable = "TRUSTSTORE_CONTRACT_CHAINS";

    internal const string Server = "server";
    internal const string OtherServer = "other-server";
    internal const string Expired = "expired";
    internal const string LastSecond = "last-second";
    internal const string NotYetValid = "not-yet-valid";
    internal const string FirstSecond = "first-second";
    internal const string ForClients = "for-clients";
    internal const string NoUsages = "no-usages";
    internal const string WeakKey = "weak-key";
    internal const string CommonNameOnly = "common-name-only";
    internal const string NoAuthorityKeyIdentifier = "no-authority-key-identifier";
    internal const string Addresses = "addresses";
    internal const string Client = "client";
    internal const string SelfSigned = "self-signed";
    internal const string IssuedByNoAuthority = "issued-by-no-authority";
    internal const string TooDeep = "too-deep";

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly Lazy<ContractChains> s_instance = new(() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Load(folder) : Make(ContractPki.Instance));

    private readonly Dictionary<string, IReadOnlyList<CertificateInfo>> _chains;

    private ContractChains(Dictionary<string, IReadOnlyList<CertificateInfo>> chains) => _chains = chains;

    internal static ContractChains Instance => s_instance.Value;

    internal IEnumerable<string> Names => _chains.Keys;

    /// <summary>A chain with its root.</summary>
    internal IReadOnlyList<CertificateInfo> this[string name] => _chains[name];

    /// <summary>What a well-configured server sends: the chain without its root.</summary>
    internal IEnumerable<CertificateInfo> Sent(string name) => _chains[name].Where((certificate, i) => i == 0 || !certificate.IsSelfIssued);

    /// <summary>A request for a chain, trusting the contract's root and nothing else.</summary>
    internal ChainVerificationRequest Request(params IEnumerable<CertificateInfo> chain) => new()
    {
        PeerChain = PeerCertificate.CreateChain(chain.Select(certificate => certificate.RawData)),
        ReferenceIdentifier = ReferenceIdentifier.Parse(ContractPki.Host),
        AddedAnchors = Anchors(_chains[Server][^1]),
        UseSystemAnchors = false,
        VerificationTime = ContractPki.Now,
    };

    internal static TrustAnchorCollection Anchors(params IEnumerable<CertificateInfo> certificates) => new(certificates.Select(certificate => new TrustAnchor(certificate)));

    /// <summary>Saves the chains, each to a PEM file.</summary>
    internal void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, chain) in _chains)
        {
            File.WriteAllText(Path.Combine(folder, name + ".pem"), string.Concat(chain.Select(certificate => certificate.ExportPem() + "\n")));
        }
    }

    /// <summary>Loads what <see cref="Save"/> has saved.</summary>
    internal static ContractChains Load(string folder) => new(Directory.EnumerateFiles(folder, "*.pem").ToDictionary(
        file => Path.GetFileNameWithoutExtension(file),
        file => Decode(File.ReadAllText(file)),
        StringComparer.Ordinal));

    /// <summary>Makes the chains.</summary>
    internal static ContractChains Make(ContractPki pki)
    {
        var authority = pki.Ca.Keep(pki.Ca.Intermediate.Issue(CertificateSpec.Authority("Too Deep CA", ContractPki.Now.AddDays(-1), ContractPki.Now.AddDays(1))));
        var certificates = new Dictionary<string, IssuedCertificate>(StringComparer.Ordinal)
        {
            [Server] = pki.Server,
            [OtherServer] = pki.OtherCa.IssueServer(ContractPki.Host),
            [Expired] = pki.Issue(s => s with { NotAfter = ContractPki.Now.AddSeconds(-1) }),
            [LastSecond] = pki.Issue(s => s with { NotAfter = ContractPki.Now }),
            [NotYetValid] = pki.Issue(s => s with { NotBefore = ContractPki.Now.AddSeconds(1) }),
            [FirstSecond] = pki.Issue(s => s with { NotBefore = ContractPki.Now }),
            [ForClients] = pki.Issue(s => s with { ExtendedKeyUsages = [ClientAuthentication] }),
            [NoUsages] = pki.Issue(s => s with { ExtendedKeyUsages = [] }),
            [WeakKey] = pki.Issue(s => s with { Key = KeySpec.Rsa(1024) }),
            [CommonNameOnly] = pki.Issue(s => s with { DnsNames = [] }),
            [NoAuthorityKeyIdentifier] = pki.Issue(s => s with { OmitAuthorityKeyIdentifier = true }),
            [Addresses] = pki.Issue(s => s with { DnsNames = [], IPAddresses = ["192.0.2.1", "2001:db8::1"] }),
            [Client] = pki.Issue(s => s with { ExtendedKeyUsages = [ClientAuthentication], DnsNames = [], CommonName = "somebody" }),
            [SelfSigned] = pki.Ca.Keep(IssuedCertificate.SelfSigned(pki.Ca.ServerSpec(ContractPki.Host))),
            [IssuedByNoAuthority] = pki.Ca.Keep(pki.Server.Issue(pki.Ca.ServerSpec(ContractPki.Host))),
            [TooDeep] = pki.Ca.Keep(authority.Issue(pki.Ca.ServerSpec(ContractPki.Host))),
        };
        return new ContractChains(certificates.ToDictionary(c => c.Key, IReadOnlyList<CertificateInfo> (c) => [.. c.Value.Path.Select(certificate => certificate.Info)], StringComparer.Ordinal));
    }

    private static IReadOnlyList<CertificateInfo> Decode(string text)
    {
        var chain = new List<CertificateInfo>();
        for (var rest = text; PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
        {
            chain.Add(CertificateInfo.Parse(Convert.FromBase64String(rest[block.Base64Data])));
        }

        return chain;
    }
}
