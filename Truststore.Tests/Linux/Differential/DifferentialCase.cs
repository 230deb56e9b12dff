using System.Security.Cryptography;

namespace Truststore.Tests.Linux.Differential;

/// <summary>A generated chain and what is asked about it.</summary>
internal sealed class DifferentialCase
{
    internal DifferentialCase(ChainPlan plan, IReadOnlyList<ReadOnlyMemory<byte>> peer, IReadOnlyList<CaseAnchor> anchors)
    {
        Number = plan.Number;
        Changes = plan.Changes;
        Peer = peer;
        Anchors = anchors;
        Host = plan.Host is null ? null : ReferenceIdentifier.Parse(plan.Host);
        PartialChain = plan.PartialChain;
        PolicyCheck = plan.PolicyCheck;
        AuthLevel = plan.AuthLevel;
        Certificates = [.. peer.Concat(anchors.Select(a => a.Der)).Select(TryParse).OfType<CertificateInfo>().Distinct()];
        EndEntity = TryParse(peer[0]);
    }

    private DifferentialCase(DifferentialCase other, IReadOnlyList<CertificateInfo> path, int variant)
    {
        Variant = variant;
        IsPathOnly = true;
        Number = other.Number;
        Changes = other.Changes;
        Peer = [.. path.Take(Math.Max(1, path.Count - 1)).Select(c => c.RawData)];

        // What the store says about certificates below the anchor counts as well.
        Anchors = [.. other.Anchors.Where(a => a.Is(path[^1]) || (a.IsRestricted && path.Any(a.Is)))];
        Host = other.Host;
        PartialChain = other.PartialChain;
        PolicyCheck = other.PolicyCheck;
        AuthLevel = other.AuthLevel;
        Certificates = path;
        EndEntity = path[0];
    }

    internal int Number { get; }

    /// <summary>Tells the questions about the paths of one case from each other, whose certificates have the same names; 0 for the case itself.</summary>
    internal int Variant { get; }

    /// <summary>Whether this is the question about one path of a case.</summary>
    internal bool IsPathOnly { get; }

    internal IReadOnlyList<string> Changes { get; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Peer { get; }

    internal IReadOnlyList<CaseAnchor> Anchors { get; }

    internal ReferenceIdentifier? Host { get; }

    internal bool PartialChain { get; }

    internal bool PolicyCheck { get; }

    internal int AuthLevel { get; }

    /// <summary>All certificates that can be decoded, each once.</summary>
    internal IReadOnlyList<CertificateInfo> Certificates { get; }

    /// <summary>The peer's own certificate; null when it cannot be decoded.</summary>
    internal CertificateInfo? EndEntity { get; }

    /// <summary>Whether a certificate is among the anchors.</summary>
    internal bool IsInStore(CertificateInfo certificate) => Anchors.Any(a => a.Is(certificate));

    /// <summary>The same question about one path, and nothing besides.</summary>
    internal DifferentialCase WithPathOnly(IReadOnlyList<CertificateInfo> path, int variant = 0) => new(this, path, variant);

    internal ChainVerificationRequest Request(TlsVerifyFlags flags = TlsVerifyFlags.None) => new()
    {
        PeerChain = PeerCertificate.CreateChain(Peer),
        AddedAnchors = new TrustAnchorCollection(Anchors.SelectMany(ToTrustAnchor)),
        UseSystemAnchors = false,
        ReferenceIdentifier = Host,
        CheckHostname = Host is not null,
        VerificationTime = ChainPlan.Now,
        VerifyFlags = flags | (PartialChain ? TlsVerifyFlags.X509PartialChain : TlsVerifyFlags.None),
    };

    public override string ToString() => $"case {Number} ({string.Join("; ", Changes)})";

    internal static string Pem(string label, ReadOnlyMemory<byte> der) => PemEncoding.WriteString(label, der.Span) + "\n";

    private static IEnumerable<TrustAnchor> ToTrustAnchor(CaseAnchor anchor) => TryParse(anchor.Der) is { } certificate ? [new TrustAnchor(certificate, anchor.Trusted, anchor.Rejected)] : [];

    private static CertificateInfo? TryParse(ReadOnlyMemory<byte> der)
    {
        try
        {
            return CertificateInfo.Parse(der.Span);
        }
        catch (CertificateFormatException)
        {
            return null;
        }
    }
}
