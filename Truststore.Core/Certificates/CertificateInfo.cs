using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore;

/// <summary>What a certificate says: Python's <c>getpeercert()</c> and more. Immutable and thread-safe; says nothing about trust.</summary>
public sealed class CertificateInfo : IEquatable<CertificateInfo>
{
    private readonly CertificateEnvelope _envelope;
    private DecodedExtensions? _decoded;
    private byte[]? _fingerprint;

    private CertificateInfo(CertificateEnvelope envelope) => _envelope = envelope;

    /// <summary>The X.509 version: 1, 2 or 3.</summary>
    public int Version => _envelope.Version;

    /// <summary>The serial number as OpenSSL and Python print it: upper-case hexadecimal, whole octets, <c>-</c> in front of a negative one.</summary>
    public string SerialNumber => field ??= SerialNumberText.Format(_envelope.SerialNumber.Span);

    /// <summary>The serial number's INTEGER content: big-endian two's complement.</summary>
    public ReadOnlyMemory<byte> SerialNumberBytes => _envelope.SerialNumber;

    /// <summary>Whom the certificate is for. Python: <c>getpeercert()["subject"]</c>.</summary>
    public DistinguishedName Subject => field ??= new DistinguishedName(_envelope.Subject);

    /// <summary>Who signed the certificate. Python: <c>getpeercert()["issuer"]</c>.</summary>
    public DistinguishedName Issuer => field ??= new DistinguishedName(_envelope.Issuer);

    /// <summary>The first second of validity, UTC.</summary>
    public DateTimeOffset NotBefore => _envelope.NotBefore;

    /// <summary>The last second of validity, UTC; inclusive (RFC 5280 §4.1.2.5).</summary>
    public DateTimeOffset NotAfter => _envelope.NotAfter;

    /// <summary>The subject public key's algorithm and size.</summary>
    public PublicKeyInfo PublicKey => _envelope.PublicKey;

    /// <summary>The DER encoding of SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo => _envelope.SubjectPublicKeyInfo;

    /// <summary>The SHA-256 hash of <see cref="SubjectPublicKeyInfo"/>, as in public key pinning (RFC 7469 §2.4), in upper-case hexadecimal.</summary>
    public string SubjectPublicKeyInfoSha256 => field ??= Convert.ToHexString(SHA256.HashData(_envelope.SubjectPublicKeyInfo.Span));

    /// <summary>The object identifier of the algorithm that the issuer signed with, dotted.</summary>
    public string SignatureAlgorithmOid => _envelope.SignatureAlgorithmOid;

    /// <summary>The usual name of the algorithm that the issuer signed with, as OpenSSL prints it (<c>ecdsa-with-SHA256</c>).</summary>
    public string SignatureAlgorithm => AlgorithmNames.Signature(SignatureAlgorithmOid);

    /// <summary>The subject alternative names in the order of the encoding; empty when there are none. Python: <c>getpeercert()["subjectAltName"]</c>.</summary>
    public IReadOnlyList<GeneralName> SubjectAlternativeNames => Decoded.SubjectAlternativeNames ?? [];

    /// <summary>The key usage bits, or <see langword="null"/> without the extension (RFC 5280 §4.2.1.3).</summary>
    public X509KeyUsageFlags? KeyUsage => (X509KeyUsageFlags?)Decoded.KeyUsage;

    /// <summary>The extended key usages as dotted object identifiers, or <see langword="null"/> without the extension (RFC 5280 §4.2.1.12).</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages => Decoded.ExtendedKeyUsages;

    /// <summary>The basic constraints, or <see langword="null"/> without the extension.</summary>
    public BasicConstraints? BasicConstraints => Decoded.BasicConstraints;

    /// <summary>The authority key identifier, or <see langword="null"/> without the extension.</summary>
    public AuthorityKeyIdentifier? AuthorityKeyIdentifier => Decoded.AuthorityKeyIdentifier;

    /// <summary>The subject key identifier, or <see langword="null"/> without the extension.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier => Decoded.SubjectKeyIdentifier;

    /// <summary>Where the issuer's certificate can be fetched (RFC 5280 §4.2.2.1). Python: <c>getpeercert()["caIssuers"]</c>.</summary>
    public IReadOnlyList<string> CaIssuersUrls => Locations.CaIssuersUrls;

    /// <summary>Where OCSP answers are given (RFC 6960). Python: <c>getpeercert()["OCSP"]</c>.</summary>
    public IReadOnlyList<string> OcspUrls => Locations.OcspUrls;

    /// <summary>Where CRLs can be fetched (RFC 5280 §4.2.1.13). Python: <c>getpeercert()["crlDistributionPoints"]</c>.</summary>
    public IReadOnlyList<string> CrlDistributionPointUrls => Locations.CrlDistributionPointUrls;

    /// <summary>The certificate policies as dotted object identifiers, or <see langword="null"/> without the extension (RFC 5280 §4.2.1.4).</summary>
    public IReadOnlyList<string>? CertificatePolicies => Policies.CertificatePolicies;

    /// <summary>All extensions in the order of the encoding.</summary>
    public IReadOnlyList<CertificateExtension> Extensions => _envelope.Extensions;

    /// <summary>Known extensions whose value cannot be decoded: object identifier to what is wrong. Empty for a sound certificate.</summary>
    public IReadOnlyDictionary<string, string> MalformedExtensions => field ??=
        new Dictionary<string, string>(Decoded.Errors.Concat(Policies.Errors).Concat(Locations.Errors), StringComparer.Ordinal).AsReadOnly();

    /// <summary>Whether subject and issuer are the same name (RFC 5280 §3.2); most often a root certificate.</summary>
    public bool IsSelfIssued => _envelope.Subject.Span.SequenceEqual(_envelope.Issuer.Span) || Subject.Equals(Issuer);

    /// <summary>Whether the certificate says that its key may sign certificates: by its basic constraints, or as a self-issued version 1 certificate, which can't say.</summary>
    public bool IsCertificateAuthority => BasicConstraints?.IsCertificateAuthority ?? (Version == 1 && IsSelfIssued);

    /// <summary>The certificate's DER encoding. Python: <c>getpeercert(binary_form=True)</c>.</summary>
    public ReadOnlyMemory<byte> RawData => _envelope.RawData;

    /// <summary>The SHA-256 hash of <see cref="RawData"/> in upper-case hexadecimal.</summary>
    public string Fingerprint => field ??= Convert.ToHexString(FingerprintBytes);

    internal CertificateEnvelope Envelope => _envelope;

    internal DecodedExtensions Decoded => _decoded ??= new DecodedExtensions(_envelope.Extensions);

    internal PolicyExtensions Policies => field ??= new PolicyExtensions(_envelope.Extensions);

    internal LocationExtensions Locations => field ??= new LocationExtensions(_envelope.Extensions);

    internal ReadOnlySpan<byte> FingerprintBytes => _fingerprint ??= SHA256.HashData(_envelope.RawData.Span);

    /// <summary>Decodes a certificate.</summary>
    /// <param name="der">One certificate in DER; copied.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="CertificateFormatException">The bytes are not one DER-encoded X.509 certificate.</exception>
    public static CertificateInfo Parse(ReadOnlySpan<byte> der) => ParseOwned(der.ToArray());

    /// <summary>Describes a certificate that .NET holds.</summary>
    /// <param name="certificate">The certificate; may be disposed afterwards.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="CertificateFormatException">The encoding is not strict DER.</exception>
    public static CertificateInfo From(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return ParseOwned(certificate.GetRawCertData());
    }

    /// <summary>The certificate as a PEM block (RFC 7468). Python: <c>ssl.DER_cert_to_PEM_cert</c>.</summary>
    /// <returns>The block, without a line end behind it.</returns>
    public string ExportPem() => PemEncoding.WriteString("CERTIFICATE", _envelope.RawData.Span);

    /// <summary>The extension with an object identifier.</summary>
    /// <param name="oid">The object identifier, dotted.</param>
    /// <returns>The first such extension, or <see langword="null"/>.</returns>
    public CertificateExtension? FindExtension(string oid)
    {
        foreach (var extension in _envelope.Extensions)
        {
            if (string.Equals(extension.Oid, oid, StringComparison.Ordinal))
            {
                return extension;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(CertificateInfo? other) => other is not null && _envelope.RawData.Span.SequenceEqual(other._envelope.RawData.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CertificateInfo);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(FingerprintBytes);

    /// <summary>The subject, or for a certificate with an empty one its first alternative name.</summary>
    /// <returns>A short text for people.</returns>
    public override string ToString() => !Subject.IsEmpty ? Subject.ToString() : SubjectAlternativeNames.Count > 0 ? SubjectAlternativeNames[0].ToString() : "serial number " + SerialNumber;

    /// <summary>As <see cref="Parse"/>, without the copy: the caller never writes to the bytes again.</summary>
    internal static CertificateInfo ParseOwned(ReadOnlyMemory<byte> der) => new(CertificateEnvelope.Read(der));
}
