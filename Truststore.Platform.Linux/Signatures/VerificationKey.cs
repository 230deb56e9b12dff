using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>
/// A public key that verifies signatures, imported when first needed. Importing costs twice a verification, so keys are kept; a runtime key is used by one thread at a time,
/// as its documentation wants, so there are as many of them as threads have needed at once.
/// </summary>
internal sealed class VerificationKey
{
    private const string MlDsa44 = "2.16.840.1.101.3.4.3.17";
    private const string MlDsa65 = "2.16.840.1.101.3.4.3.18";
    private const string MlDsa87 = "2.16.840.1.101.3.4.3.19";

    private readonly ReadOnlyMemory<byte> _subjectPublicKeyInfo;
    private readonly SignatureAlgorithm _onlyPss;
    private readonly Lock _gate = new();
    private readonly Stack<IDisposable> _idle = new();

    internal VerificationKey(CertificateInfo certificate)
    {
        _subjectPublicKeyInfo = certificate.SubjectPublicKeyInfo;
        Kind = KindOf(certificate.PublicKey.AlgorithmOid);
        if (certificate.PublicKey.AlgorithmOid is AlgorithmNames.RsaPss && !SignatureAlgorithm.TryReadPssKey(new AsnReader(_subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence().PeekEncodedValue(), out _onlyPss))
        {
            Kind = KeyKind.Unknown;
        }

        Cost = CostOf(certificate.PublicKey);
    }

    internal KeyKind Kind { get; }

    /// <summary>What one verification costs with the key's import, in those under a key on P-256 or an RSA key of 2048 bits.</summary>
    internal int Cost { get; }

    /// <summary>Whether the key makes signatures by an algorithm: those of its kind, and one that says to be for PSS only those (RFC 4055 §1.2).</summary>
    internal bool Fits(SignatureAlgorithm algorithm) => algorithm.KeyKind == Kind
        && (_onlyPss.Padding is null || (algorithm.Padding == _onlyPss.Padding && (_onlyPss.Hash.Name is null || _onlyPss.Hash == algorithm.Hash)));

    /// <summary>Takes a key from a certificate that the runtime has decoded, which spares the import.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The key is kept for the verifications.")]
    internal void Adopt(X509Certificate2 certificate)
    {
        lock (_gate)
        {
            if (_idle.Count > 0)
            {
                return;
            }
        }

        try
        {
            IDisposable? key = Kind switch
            {
                KeyKind.Rsa => OperatingSystem.IsLinux() ? DecodedRsaKey.Open(certificate) : null,
                KeyKind.EllipticCurve => certificate.GetECDsaPublicKey(),
                _ => null,
            };
            if (key is not null)
            {
                Return(key);
            }
        }
        catch (CryptographicException)
        {
            // The import below will fail as well, and be taken for what it is.
        }
    }

    /// <summary>Whether a signature over data was made with the private half of this key.</summary>
    /// <returns>False also for keys and signatures that cannot be decoded.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The key is kept for the next verification.")]
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
    {
        if (!Fits(algorithm))
        {
            return false;
        }

        try
        {
            var key = Take() ?? Import();
            var verified = Verify(key, data, signature, algorithm);
            Return(key);
            return verified;
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static bool Verify(IDisposable key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm) => key switch
    {
        RSA rsa => rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!),
        ECDsa ecdsa => ecdsa.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.Rfc3279DerSequence),
        MLDsa mlDsa => mlDsa.VerifyData(data, signature),
        _ => false,
    };

    // As measured with OpenSSL 3.0, which has fast code for P-256 and P-521 only.
    private static int CostOf(PublicKeyInfo key) => key switch
    {
        { AlgorithmOid: AlgorithmNames.Rsa or AlgorithmNames.RsaPss } => (int)Math.Clamp((long)key.Size * key.Size / (2048 * 2048), 1, int.MaxValue),
        { AlgorithmOid: not AlgorithmNames.Ec } or { Curve: "P-256" } => 1,
        { Curve: "P-521" } => 6,
        { Size: <= 256 } => 3,
        { Size: <= 384 } => 7,
        _ => 12,
    };

    private static KeyKind KindOf(string algorithmOid) => algorithmOid switch
    {
        AlgorithmNames.Rsa or AlgorithmNames.RsaPss => KeyKind.Rsa,
        AlgorithmNames.Ec => KeyKind.EllipticCurve,
        MlDsa44 or MlDsa65 or MlDsa87 when MLDsa.IsSupported => KeyKind.MlDsa,
        _ => KeyKind.Unknown,
    };

    private IDisposable? Take()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var key) ? key : null;
        }
    }

    private void Return(IDisposable key)
    {
        lock (_gate)
        {
            _idle.Push(key);
        }
    }

    private IDisposable Import() => Kind switch
    {
        KeyKind.Rsa => ImportRsa(),
        KeyKind.EllipticCurve => ImportEllipticCurve(),
        KeyKind.MlDsa => ImportMlDsa(),
        _ => throw new CryptographicException("The key algorithm is unknown."),
    };

    private (string AlgorithmOid, byte[] Key) Open()
    {
        var spki = new AsnReader(_subjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        return (spki.ReadSequence().ReadObjectIdentifier(), spki.ReadBitString(out _));
    }

    private MLDsa ImportMlDsa()
    {
        var (oid, key) = Open();
        return MLDsa.ImportMLDsaPublicKey(oid switch { MlDsa44 => MLDsaAlgorithm.MLDsa44, MlDsa65 => MLDsaAlgorithm.MLDsa65, _ => MLDsaAlgorithm.MLDsa87 }, key);
    }

    private RSA ImportRsa()
    {
        // The RSAPublicKey inside, and not the whole, because the runtime takes only one of the two object identifiers.
        var rsa = RSA.Create();
        try
        {
            rsa.ImportRSAPublicKey(Open().Key, out _);
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    private ECDsa ImportEllipticCurve()
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo.Span, out _);
            return ecdsa;
        }
        catch
        {
            ecdsa.Dispose();
            throw;
        }
    }
}
