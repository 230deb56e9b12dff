namespace Truststore.Tests.Linux.Differential;

/// <summary>A certificate of a trust store, and what it is trusted for.</summary>
/// <param name="Der">The certificate.</param>
/// <param name="Trusted">The only usages that it is trusted for, or null for all.</param>
/// <param name="Rejected">The usages that it is distrusted for, or null for none.</param>
internal sealed record CaseAnchor(ReadOnlyMemory<byte> Der, IReadOnlyList<string>? Trusted = null, IReadOnlyList<string>? Rejected = null)
{
    internal bool IsRestricted => Trusted is not null || Rejected is not null;

    internal bool Is(CertificateInfo certificate) => Der.Span.SequenceEqual(certificate.RawData.Span);
}
