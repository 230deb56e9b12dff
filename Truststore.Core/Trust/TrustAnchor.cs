using Truststore.Certificates;

namespace Truststore;

/// <summary>A certificate whose key is trusted to sign others, and for what (RFC 5280 §6.1.1 (d)).</summary>
/// <remarks>The restrictions come from OpenSSL's <c>TRUSTED CERTIFICATE</c> PEM blocks; a plain certificate has none.</remarks>
public sealed class TrustAnchor
{
    /// <summary>Creates an anchor.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="trustedUsages">The extended key usages (dotted object identifiers) that the anchor is trusted for; <see langword="null"/> for all.</param>
    /// <param name="rejectedUsages">The extended key usages that the anchor is distrusted for; <see langword="null"/> for none.</param>
    public TrustAnchor(CertificateInfo certificate, IReadOnlyList<string>? trustedUsages = null, IReadOnlyList<string>? rejectedUsages = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        TrustedUsages = trustedUsages;
        RejectedUsages = rejectedUsages ?? [];
    }

    /// <summary>The certificate.</summary>
    public CertificateInfo Certificate { get; }

    /// <summary>The extended key usages that the anchor is trusted for, or <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? TrustedUsages { get; }

    /// <summary>The extended key usages that the anchor is distrusted for.</summary>
    public IReadOnlyList<string> RejectedUsages { get; }

    /// <summary>Whether the anchor is trusted to lead to peers of a purpose.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns><see langword="true"/> when the usage is not rejected and is among the trusted ones, where those are listed.</returns>
    public bool IsTrustedFor(PeerPurpose purpose) =>
        !IsRejectedFor(purpose) && (TrustedUsages is null || Contains(TrustedUsages, purpose));

    /// <summary>Whether the anchor is distrusted for peers of a purpose.</summary>
    internal bool IsRejectedFor(PeerPurpose purpose) => Contains(RejectedUsages, purpose);

    private static bool Contains(IReadOnlyList<string> usages, PeerPurpose purpose) =>
        usages.Contains(ExtensionOids.Of(purpose), StringComparer.Ordinal) || usages.Contains(ExtensionOids.AnyExtendedKeyUsage, StringComparer.Ordinal);
}
