using System.Security.Cryptography;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Forging;

/// <summary>A certificate written by hand and signed with ECDSA and SHA-256: quick to make by the hundred, and free to be as odd as wanted. Valid around <see cref="ContractPki.Now"/>.</summary>
internal sealed class ForgedCertificate
{
    private static readonly byte[] s_ecdsaWithSha256 = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2"));
    private static int s_serialNumber = 1000;

    private readonly ForgedSpec _spec;
    private readonly ECDsa _key;

    private ForgedCertificate(ForgedSpec spec, ForgedCertificate? issuer)
    {
        _spec = spec;
        _key = spec.Key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var algorithm = spec.Signature?.Algorithm ?? s_ecdsaWithSha256;
        SignedPart = Der.Sequence(
            Der.Wrapped(0, Der.Integer(2)),
            spec.SerialNumber.Length > 0 ? Der.Value(0x02, spec.SerialNumber) : Der.Integer(Interlocked.Increment(ref s_serialNumber)),
            algorithm,
            spec.Issuer ?? issuer?._spec.Subject ?? spec.Subject,
            Der.Sequence(Der.UtcTime(ContractPki.Now.AddYears(-1)), Der.UtcTime(ContractPki.Now.AddYears(1))),
            spec.Subject,
            PublicKey,
            Der.Wrapped(3, Der.Sequence(Extensions(issuer))));
        Encoded = spec.Signature is { } signature ? Der.Sequence(SignedPart, algorithm, Der.BitString(signature.Value)) : (issuer ?? this).Sign(SignedPart);
    }

    /// <summary>The certificate in DER.</summary>
    internal byte[] Encoded { get; }

    /// <summary>The TBSCertificate in DER.</summary>
    internal byte[] SignedPart { get; }

    /// <summary>The key that the certificate is for, unless the specification replaced its public half.</summary>
    internal ECDsa Key => _key;

    internal TrustAnchor Anchor => new(CertificateInfo.Parse(Encoded));

    private byte[] PublicKey => _spec.SubjectPublicKeyInfo ?? _key.ExportSubjectPublicKeyInfo();

    private byte[] KeyIdentifier => SHA256.HashData(PublicKey)[..20];

    internal static ForgedCertificate Root(string commonName) => new(new ForgedSpec { Subject = Der.CommonName(commonName) }, issuer: null);

    internal static ForgedCertificate Root(ForgedSpec spec) => new(spec, issuer: null);

    /// <summary>Issues a certificate; nothing about it is checked.</summary>
    internal ForgedCertificate Issue(ForgedSpec spec) => new(spec, this);

    /// <summary>Signs a TBSCertificate or a TBSCertList, whatever it is.</summary>
    internal byte[] Sign(byte[] signedPart) =>
        Der.Sequence(signedPart, s_ecdsaWithSha256, Der.BitString(_key.SignData(signedPart, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    /// <summary>Issues a server certificate for other names and, behind those, for the host of <see cref="ContractPki"/>.</summary>
    internal ForgedCertificate IssueServer(params IReadOnlyList<byte[]> moreNames) => Issue(ServerSpec() with { AlternativeNames = [.. moreNames, .. ServerSpec().AlternativeNames] });

    /// <summary>What a good server certificate says, for <c>with</c>.</summary>
    internal static ForgedSpec ServerSpec() => new()
    {
        Subject = Der.CommonName("server"),
        IsAuthority = false,
        AlternativeNames = [Der.Tagged(2, System.Text.Encoding.ASCII.GetBytes(ContractPki.Host))],
    };

    /// <summary>An extension in DER.</summary>
    internal static byte[] Extension(string oid, bool isCritical, ReadOnlySpan<byte> value) => isCritical
        ? Der.Sequence(Der.ObjectIdentifier(oid), [0x01, 0x01, 0xFF], Der.OctetString(value))
        : Der.Sequence(Der.ObjectIdentifier(oid), Der.OctetString(value));

    /// <summary>A request for a chain in which every forged certificate and nothing else counts.</summary>
    internal static ChainVerificationRequest Request(IEnumerable<ForgedCertificate> chain, params IEnumerable<ForgedCertificate> anchors) => new()
    {
        PeerChain = PeerCertificate.CreateChain(chain.Select(c => (ReadOnlyMemory<byte>)c.Encoded)),
        ReferenceIdentifier = ReferenceIdentifier.Parse(ContractPki.Host),
        AddedAnchors = new TrustAnchorCollection(anchors.Select(a => a.Anchor)),
        UseSystemAnchors = false,
        VerificationTime = ContractPki.Now,
    };

    private IEnumerable<byte[]> Extensions(ForgedCertificate? issuer)
    {
        if (_spec.IsAuthority)
        {
            yield return Extension("2.5.29.19", isCritical: true, Der.Sequence([0x01, 0x01, 0xFF]));
            yield return Extension("2.5.29.15", isCritical: true, [0x03, 0x02, 0x01, 0x06]);
        }

        if (_spec.AlternativeNames.Count > 0)
        {
            yield return Extension("2.5.29.17", isCritical: false, Der.Sequence(_spec.AlternativeNames));
        }

        if (!_spec.OmitKeyIdentifiers)
        {
            yield return Extension("2.5.29.14", isCritical: false, Der.OctetString(KeyIdentifier));
            yield return Extension("2.5.29.35", isCritical: false, Der.Sequence(Der.Tagged(0, (issuer ?? this).KeyIdentifier)));
        }

        foreach (var extension in _spec.Extensions)
        {
            yield return extension;
        }
    }
}
