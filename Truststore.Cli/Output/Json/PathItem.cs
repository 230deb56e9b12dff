namespace Truststore.Cli.Output.Json;

/// <summary>One certificate of a path in JSON.</summary>
/// <param name="SentByPeer">Whether the peer sent it.</param>
/// <param name="TrustAnchor"><c>system</c>, <c>added</c>, or <see langword="null"/> for no anchor.</param>
/// <param name="Certificate">What it says.</param>
internal sealed record PathItem(bool SentByPeer, string? TrustAnchor, CertificateItem Certificate)
{
    internal static PathItem From(PathCertificate entry) => new(
        entry.SentByPeer,
        entry.Anchor switch { AnchorOrigin.System => "system", AnchorOrigin.Added => "added", _ => null },
        CertificateItem.From(entry.Certificate));
}
