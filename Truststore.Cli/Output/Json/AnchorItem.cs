namespace Truststore.Cli.Output.Json;

/// <summary>One trust anchor in JSON.</summary>
/// <param name="TrustedUsages">The extended key usages that it is trusted for, or <see langword="null"/> for all.</param>
/// <param name="RejectedUsages">Those that it is distrusted for.</param>
/// <param name="Certificate">What it says.</param>
internal sealed record AnchorItem(IReadOnlyList<string>? TrustedUsages, IReadOnlyList<string> RejectedUsages, CertificateItem Certificate)
{
    internal static AnchorItem From(TrustAnchor anchor) => new(anchor.TrustedUsages, anchor.RejectedUsages, CertificateItem.From(anchor.Certificate));
}
