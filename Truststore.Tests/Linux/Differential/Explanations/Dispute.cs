namespace Truststore.Tests.Linux.Differential;

/// <summary>One reason for which one side rejects what the other accepts.</summary>
/// <param name="Peer">Whom we disagree with.</param>
/// <param name="Case">The chain.</param>
/// <param name="Path">Where we accept: the path that we found, which the peer was then given alone. Where we reject: the path that we speak of.</param>
/// <param name="Objection">Why the peer rejects the path, or we do.</param>
/// <param name="IsOurs">Whether the objection is ours.</param>
internal sealed record Dispute(string Peer, DifferentialCase Case, IReadOnlyList<CertificateInfo> Path, Objection Objection, bool IsOurs)
{
    /// <summary>The certificate that the objection is about.</summary>
    internal CertificateInfo? Certificate => At(0);

    /// <summary>The one that issued it.</summary>
    internal CertificateInfo? Issuer => At(1);

    /// <summary>Whether the peer accepts none of the paths of certificates that we can decode, so that it has made use of another one; what we object to is then what was left.</summary>
    internal bool IsAboutWhatWeCannotDecode => IsOurs && !Case.IsPathOnly;

    internal bool IsAnchor => Certificate is not null && Objection.Depth == Path.Count - 1;

    public override string ToString() => IsOurs ? $"we reject ({Objection}) and {Peer} accepts: {Case}" : $"{Peer} rejects ({Objection}) and we accept: {Case}";

    private CertificateInfo? At(int above) => Objection.Depth >= 0 && Objection.Depth + above < Path.Count ? Path[Objection.Depth + above] : null;
}
