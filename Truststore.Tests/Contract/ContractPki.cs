using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Contract;

/// <summary>The certificates that the contract of every verifier is about, made once.</summary>
internal sealed class ContractPki
{
    internal const string Host = "www.example.com";

    /// <summary>The time of every verification, so that the certificates never expire under the tests.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<ContractPki> s_instance = new(() => new ContractPki());

    internal ContractPki()
    {
        Ca = new ThrowAwayCa(Now, "Contract");
        OtherCa = new ThrowAwayCa(Now, "Other");
        Server = Ca.IssueServer(Host, "*.wild.example.com");
    }

    internal static ContractPki Instance => s_instance.Value;

    internal ThrowAwayCa Ca { get; }

    internal ThrowAwayCa OtherCa { get; }

    /// <summary>A good server certificate.</summary>
    internal IssuedCertificate Server { get; }

    /// <summary>Issues a server certificate with something changed.</summary>
    internal IssuedCertificate Issue(Func<CertificateSpec, CertificateSpec> change) => Ca.Issue(change(Ca.ServerSpec(Host)));

    /// <summary>A request for a chain, trusting the contract's root and nothing else.</summary>
    internal static ChainVerificationRequest Request(params IEnumerable<IssuedCertificate> chain) => new()
    {
        PeerChain = PeerCertificate.CreateChain(chain.Select(c => c.Der)),
        ReferenceIdentifier = ReferenceIdentifier.Parse(Host),
        AddedAnchors = Anchors(Instance.Ca.Root),
        UseSystemAnchors = false,
        VerificationTime = Now,
    };

    internal static TrustAnchorCollection Anchors(params IEnumerable<IssuedCertificate> certificates) =>
        new(certificates.Select(c => new TrustAnchor(c.Info)));

    internal static CertificateInfo Info(X509Certificate2 certificate) => CertificateInfo.From(certificate);
}
