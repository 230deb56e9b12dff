using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>One anchor of an index; its certificate is decoded when first needed.</summary>
internal sealed class AnchorEntry
{
    private readonly IReadOnlyList<string>? _trustedUsages;
    private readonly IReadOnlyList<string>? _rejectedUsages;
    private TrustAnchor? _anchor;
    private DistinguishedName? _name;
    private volatile bool _isMalformed;
    private volatile object? _keyCache;

    internal AnchorEntry(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> subject, IReadOnlyList<string>? trustedUsages, IReadOnlyList<string>? rejectedUsages)
    {
        Der = der;
        Subject = subject;
        _trustedUsages = trustedUsages;
        _rejectedUsages = rejectedUsages;
    }

    /// <summary>The certificate's encoding.</summary>
    internal ReadOnlyMemory<byte> Der { get; }

    /// <summary>The encoding of the certificate's subject.</summary>
    internal ReadOnlyMemory<byte> Subject { get; }

    /// <summary>The certificate, or null when it cannot be decoded.</summary>
    internal CertificateInfo? Certificate => Anchor?.Certificate;

    /// <summary>The anchor, or null when its certificate cannot be decoded.</summary>
    internal TrustAnchor? Anchor => Volatile.Read(ref _anchor) ?? (_isMalformed ? null : Decode());

    /// <summary>Whether the anchor is restricted to some usages.</summary>
    internal bool IsRestricted => _trustedUsages is not null || IsRejecting;

    /// <summary>Whether the certificate is distrusted for some usages.</summary>
    internal bool IsRejecting => _rejectedUsages is { Count: > 0 };

    /// <summary>What the path validator derived from the anchor's key.</summary>
    internal object? KeyCache
    {
        get => _keyCache;
        set => _keyCache = value;
    }

    internal static AnchorEntry From(TrustAnchor anchor) =>
        new(anchor.Certificate.RawData, anchor.Certificate.Subject.RawData, anchor.TrustedUsages, anchor.RejectedUsages) { _anchor = anchor };

    /// <summary>As <see cref="TrustAnchor.IsTrustedFor"/>, without decoding the certificate.</summary>
    internal bool IsTrustedFor(PeerPurpose purpose) =>
        !IsRestricted || (!Lists(_rejectedUsages, purpose) && (_trustedUsages is null || Lists(_trustedUsages, purpose)));

    /// <summary>Whether the certificate is explicitly distrusted for a purpose, which counts wherever it stands in a path.</summary>
    internal bool IsRejectedFor(PeerPurpose purpose) => Lists(_rejectedUsages, purpose);

    /// <summary>Whether the subject is the given name by its canonical form (RFC 5280 §7.1). The subject must have an <see cref="AnchorNameHash"/>.</summary>
    internal bool IsNamed(DistinguishedName name) => name.Equals(_name ??= new DistinguishedName(Subject));

    /// <summary>Whether both are the same certificate with the same restrictions.</summary>
    internal bool IsSameAs(AnchorEntry other) =>
        Der.Span.SequenceEqual(other.Der.Span) && IsSame(_trustedUsages, other._trustedUsages) && IsSame(_rejectedUsages, other._rejectedUsages);

    private TrustAnchor? Decode()
    {
        try
        {
            var decoded = new TrustAnchor(CertificateInfo.ParseOwned(Der), _trustedUsages, _rejectedUsages);
            return Interlocked.CompareExchange(ref _anchor, decoded, null) ?? decoded;
        }
        catch (CertificateFormatException)
        {
            _isMalformed = true;
            return null;
        }
    }

    private static bool Lists(IReadOnlyList<string>? usages, PeerPurpose purpose)
    {
        for (var i = 0; i < usages?.Count; i++)
        {
            if (string.Equals(usages[i], ExtensionOids.Of(purpose), StringComparison.Ordinal) || string.Equals(usages[i], ExtensionOids.AnyExtendedKeyUsage, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null ? ReferenceEquals(one, other) : one.SequenceEqual(other, StringComparer.Ordinal);
}
