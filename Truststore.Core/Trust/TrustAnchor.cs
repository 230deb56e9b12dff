using Truststore.Trust;

namespace Truststore;

/// <summary>A certificate whose key is trusted to sign others, and for what (RFC 5280 §6.1.1 (d)). Immutable.</summary>
/// <remarks>The restrictions come from OpenSSL's <c>TRUSTED CERTIFICATE</c> PEM blocks; a plain certificate has none.</remarks>
public sealed class TrustAnchor
{
    /// <summary>Creates an anchor.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="trustedUsages">
    /// The extended key usages (dotted object identifiers) that the anchor is trusted for; <see langword="null"/> for
    /// all. Copied.
    /// </param>
    /// <param name="rejectedUsages">
    /// The extended key usages that the anchor is distrusted for; <see langword="null"/> for none. Copied.
    /// </param>
    /// <exception cref="ArgumentException">A usage is <see langword="null"/>.</exception>
    public TrustAnchor(CertificateInfo certificate, IReadOnlyList<string>? trustedUsages = null, IReadOnlyList<string>? rejectedUsages = null)
        : this(AnchorUsages.Of(trustedUsages, rejectedUsages), certificate)
    {
    }

    private TrustAnchor(AnchorUsages usages, CertificateInfo certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        Usages = usages;
    }

    /// <summary>The certificate.</summary>
    public CertificateInfo Certificate { get; }

    /// <summary>The extended key usages that the anchor is trusted for, or <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? TrustedUsages => Usages.Trusted;

    /// <summary>The extended key usages that the anchor is distrusted for.</summary>
    public IReadOnlyList<string> RejectedUsages => Usages.Rejected;

    internal AnchorUsages Usages { get; }

    /// <summary>Whether the anchor is trusted to lead to peers of a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns><see langword="true"/> when the usage is not rejected and is among the trusted ones, where those are listed.</returns>
    public bool IsTrustedFor(PeerPurpose purpose) => Usages.IsTrustedFor(purpose);

    internal static TrustAnchor Create(CertificateInfo certificate, AnchorUsages usages) => new(usages, certificate);

    /// <summary>
    /// Whether the anchor distrusts a certificate for peers of a purpose. Only what the issuer signed is compared:
    /// anyone can turn an ECDSA signature into another valid one, and must not get around a rejection by that.
    /// </summary>
    internal bool Rejects(CertificateInfo certificate, PeerPurpose purpose) =>
        Usages.IsRejectedFor(purpose) && Certificate.Envelope.TbsCertificate.Span.SequenceEqual(certificate.Envelope.TbsCertificate.Span);
}
