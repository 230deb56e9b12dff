using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Truststore;

/// <summary>One certificate as the peer sent it. The bytes belong to this object and never change.</summary>
/// <remarks>
/// <para>Not verified, and possibly not even a certificate: a peer may send anything.</para>
/// <para>
/// Where a handshake has decoded the certificate already, that object travels with the bytes it was decoded from, so that
/// filtering or reordering a chain cannot separate them. It serves only to spare a verifier the import of the public key,
/// and is ignored unless its encoding equals <see cref="RawData"/>.
/// </para>
/// </remarks>
public sealed class PeerCertificate : IEquatable<PeerCertificate>
{
    private readonly X509Certificate2? _decoded;
    private CertificateInfo? _info;

    /// <summary>Takes a certificate from bytes.</summary>
    /// <param name="der">
    /// One certificate in DER; copied. What is not a certificate is a failure of the verification, not an error here.
    /// </param>
    public PeerCertificate(ReadOnlySpan<byte> der) => RawData = der.ToArray();

    private PeerCertificate(ReadOnlyMemory<byte> rawData, X509Certificate2? decoded)
    {
        RawData = rawData;
        _decoded = decoded;
    }

    /// <summary>The certificate's encoding as it was sent.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Takes a certificate that .NET has decoded.</summary>
    /// <param name="certificate">The certificate. It is borrowed: once it is disposed, verifiers decode the key themselves.</param>
    /// <returns>The certificate.</returns>
    public static PeerCertificate From(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);

        // The memory is .NET's own, made for this property, and nothing writes to it.
        return certificate is X509Certificate2 decoded
            ? new PeerCertificate(decoded.RawDataMemory, decoded)
            : new PeerCertificate(certificate.GetRawCertData(), decoded: null);
    }

    /// <summary>Takes a chain from bytes.</summary>
    /// <param name="certificates">The certificates in DER, the end-entity certificate first; copied.</param>
    /// <returns>The chain, for <see cref="ChainVerificationRequest.PeerChain"/>.</returns>
    public static IReadOnlyList<PeerCertificate> CreateChain(params IEnumerable<ReadOnlyMemory<byte>> certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return [.. certificates.Select(der => new PeerCertificate(der.Span))];
    }

    /// <inheritdoc/>
    public bool Equals(PeerCertificate? other) => other is not null && RawData.Span.SequenceEqual(other.RawData.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PeerCertificate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(RawData.Span);
        return hash.ToHashCode();
    }

    /// <summary>Decodes the certificate, once.</summary>
    /// <exception cref="CertificateFormatException">The bytes are not one DER-encoded certificate.</exception>
    internal CertificateInfo Read() =>
        Volatile.Read(ref _info) ?? Interlocked.CompareExchange(ref _info, CertificateInfo.ParseOwned(RawData), null) ?? _info;

    /// <summary>Decodes the certificate, once; null when it cannot be decoded.</summary>
    internal CertificateInfo? TryRead()
    {
        try
        {
            return Read();
        }
        catch (CertificateFormatException)
        {
            return null;
        }
    }

    /// <summary>What the handshake has decoded of these very bytes, or null; null too once the handshake has disposed it.</summary>
    internal X509Certificate2? FindDecoded()
    {
        try
        {
            return _decoded is not null && _decoded.RawDataMemory.Span.SequenceEqual(RawData.Span) ? _decoded : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
