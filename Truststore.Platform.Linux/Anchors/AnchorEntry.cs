using Truststore.Trust;

namespace Truststore.Platform.Linux;

/// <summary>One anchor of an index; its certificate is decoded when first needed.</summary>
internal sealed class AnchorEntry
{
    private readonly AnchorUsages _usages;
    private TrustAnchor? _anchor;
    private DistinguishedName? _name;
    private volatile bool _isMalformed;
    private volatile object? _keyCache;

    internal AnchorEntry(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> subject, IReadOnlyList<string>? trustedUsages, IReadOnlyList<string>? rejectedUsages)
        : this(AnchorUsages.Of(trustedUsages, rejectedUsages), der, subject)
    {
    }

    private AnchorEntry(AnchorUsages usages, ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> subject)
    {
        Der = der;
        Subject = subject;
        _usages = usages;
    }

    /// <summary>The certificate's encoding.</summary>
    internal ReadOnlyMemory<byte> Der { get; }

    /// <summary>The encoding of the certificate's subject.</summary>
    internal ReadOnlyMemory<byte> Subject { get; }

    /// <summary>The certificate, or null when it cannot be decoded.</summary>
    internal CertificateInfo? Certificate => Anchor?.Certificate;

    /// <summary>The anchor, or null when its certificate cannot be decoded.</summary>
    internal TrustAnchor? Anchor => Volatile.Read(ref _anchor) ?? (_isMalformed ? null : Decode());

    /// <summary>Whether the certificate is distrusted for some usages.</summary>
    internal bool IsRejecting => _usages.IsRejecting;

    /// <summary>What the path validator derived from the anchor's key.</summary>
    internal object? KeyCache
    {
        get => _keyCache;
        set => _keyCache = value;
    }

    internal static AnchorEntry From(TrustAnchor anchor) =>
        new(anchor.Usages, anchor.Certificate.RawData, anchor.Certificate.Subject.RawData) { _anchor = anchor };

    /// <summary>
    /// One entry for two of the same certificate: distrusted for what either rejects, trusted for what both trust.
    /// </summary>
    internal AnchorEntry MergeWith(AnchorEntry other)
    {
        var merged = _usages.MergeWith(other._usages);
        return ReferenceEquals(merged, _usages) ? this : new AnchorEntry(merged, Der, Subject);
    }

    /// <summary>As <see cref="TrustAnchor.IsTrustedFor"/>, without decoding the certificate.</summary>
    internal bool IsTrustedFor(PeerPurpose purpose) => _usages.IsTrustedFor(purpose);

    /// <summary>Whether the certificate is explicitly distrusted for a purpose, which counts wherever it stands in a path.</summary>
    internal bool IsRejectedFor(PeerPurpose purpose) => _usages.IsRejectedFor(purpose);

    /// <summary>Whether the subject is the given name by its canonical form (RFC 5280 §7.1). The subject must have an <see cref="AnchorNameHash"/>.</summary>
    internal bool IsNamed(DistinguishedName name) => name.Equals(_name ??= new DistinguishedName(Subject));

    /// <summary>Whether both are the same certificate with the same restrictions.</summary>
    internal bool IsSameAs(AnchorEntry other) =>
        Der.Span.SequenceEqual(other.Der.Span) && _usages.IsSameAs(other._usages);

    private TrustAnchor? Decode()
    {
        try
        {
            var decoded = TrustAnchor.Create(CertificateInfo.ParseOwned(Der), _usages);
            return Interlocked.CompareExchange(ref _anchor, decoded, null) ?? decoded;
        }
        catch (CertificateFormatException)
        {
            _isMalformed = true;
            return null;
        }
    }
}
