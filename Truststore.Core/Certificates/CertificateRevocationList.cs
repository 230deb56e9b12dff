using System.Formats.Asn1;
using System.Security.Cryptography;
using Truststore.Certificates;

namespace Truststore;

/// <summary>A certificate revocation list (RFC 5280 §5). Immutable and thread-safe; says nothing about whether it may be believed.</summary>
public sealed class CertificateRevocationList
{
    private readonly Dictionary<ReadOnlyMemory<byte>, RevokedCertificate> _entries;
    private volatile object? _verifiedUnder;
    private byte[]? _fingerprint;

    internal CertificateRevocationList(ReadOnlyMemory<byte> rawData, RevocationListReader reader)
    {
        RawData = rawData;
        Version = reader.Version;
        Issuer = new DistinguishedName(reader.Issuer);
        ThisUpdate = reader.ThisUpdate;
        NextUpdate = reader.NextUpdate;
        Extensions = reader.Extensions;
        HasUnknownEntryExtension = reader.HasUnknownEntryExtension;
        Tbs = reader.Tbs;
        InnerSignatureAlgorithm = reader.InnerSignatureAlgorithm;
        OuterSignatureAlgorithm = reader.OuterSignatureAlgorithm;
        Signature = reader.Signature;
        _entries = reader.Entries;
    }

    /// <summary>The DER encoding.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The CRL version: 1 or 2.</summary>
    public int Version { get; }

    /// <summary>Who signed the list.</summary>
    public DistinguishedName Issuer { get; }

    /// <summary>When the list was issued, UTC.</summary>
    public DateTimeOffset ThisUpdate { get; }

    /// <summary>When the next list will be issued at the latest, UTC; <see langword="null"/> when it does not say.</summary>
    public DateTimeOffset? NextUpdate { get; }

    /// <summary>The list's own extensions.</summary>
    public IReadOnlyList<CertificateExtension> Extensions { get; }

    /// <summary>How many certificates are listed.</summary>
    public int Count => _entries.Count;

    internal bool HasUnknownEntryExtension { get; }

    internal ReadOnlyMemory<byte> Tbs { get; }

    internal ReadOnlyMemory<byte> InnerSignatureAlgorithm { get; }

    internal ReadOnlyMemory<byte> OuterSignatureAlgorithm { get; }

    internal ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The SHA-256 hash of <see cref="RawData"/>.</summary>
    internal byte[] FingerprintBytes => _fingerprint ??= SHA256.HashData(RawData.Span);

    /// <summary>The subject public key info that the signature was last verified under, so that a large list is not hashed in every handshake; empty when there is none yet.</summary>
    internal ReadOnlyMemory<byte> VerifiedUnder
    {
        get => _verifiedUnder is ReadOnlyMemory<byte> key ? key : default;
        set => _verifiedUnder = value;
    }

    /// <summary>Decodes a revocation list.</summary>
    /// <param name="der">One CertificateList in DER; copied.</param>
    /// <returns>The list.</returns>
    /// <exception cref="CertificateFormatException">The bytes are not one DER-encoded CRL.</exception>
    public static CertificateRevocationList Parse(ReadOnlySpan<byte> der)
    {
        var encoded = der.ToArray();
        try
        {
            DerValidator.Validate(encoded);
            return new CertificateRevocationList(encoded, RevocationListReader.Read(encoded));
        }
        catch (AsnContentException error)
        {
            throw new CertificateFormatException($"The bytes are not a DER-encoded certificate revocation list: {error.Message}", error);
        }
    }

    /// <summary>The entry of a certificate.</summary>
    /// <param name="serialNumber">The serial number's INTEGER content, see <see cref="CertificateInfo.SerialNumberBytes"/>.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether the list names the serial number.</returns>
    internal bool TryFind(ReadOnlyMemory<byte> serialNumber, out RevokedCertificate entry) => _entries.TryGetValue(serialNumber, out entry);
}
