using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Platform.Linux;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Linux.Signatures;

/// <summary>The key that OpenSSL holds as a part of a certificate.</summary>
[Platform("Linux", Reason = "the key is OpenSSL's")]
[SupportedOSPlatform("linux")]
internal sealed class DecodedRsaKeyTests
{
    private static readonly byte[] s_data = [1, 2, 3];

    private static IEnumerable<RSASignaturePadding> Paddings() => [RSASignaturePadding.Pkcs1, RSASignaturePadding.Pss];

    [TestCaseSource(nameof(Paddings))]
    public void Open_RsaCertificate_VerifiesSignatures(RSASignaturePadding padding)
    {
        using var signer = RSA.Create(2048);
        using var certificate = Certificate(signer.ExportSubjectPublicKeyInfo());
        var signature = signer.SignData(s_data, HashAlgorithmName.SHA256, padding);

        using var key = DecodedRsaKey.Open(certificate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key!.VerifyData(s_data, signature, HashAlgorithmName.SHA256, padding), Is.True);
            Assert.That(key.VerifyData((byte[])[1, 2, 4], signature, HashAlgorithmName.SHA256, padding), Is.False);
        }
    }

    [Test]
    public void Open_EllipticCurveCertificate_IsNull()
    {
        using var key = DecodedRsaKey.Open(ContractPki.Instance.Server.Certificate);

        Assert.That(key, Is.Null);
    }

    [Test]
    public void Open_KeyForPssAlone_IsNull()
    {
        using var signer = RSA.Create(2048);
        using var certificate = Certificate(Der.Sequence(Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.10")), Der.BitString(signer.ExportRSAPublicKey())));

        using var key = DecodedRsaKey.Open(certificate);

        Assert.That(key, Is.Null);
    }

    [Test]
    public void Open_CertificateIsDisposed_KeyStaysUsable()
    {
        using var signer = RSA.Create(2048);
        var certificate = Certificate(signer.ExportSubjectPublicKeyInfo());
        using var key = DecodedRsaKey.Open(certificate);
        certificate.Dispose();

        Assert.That(key!.VerifyData(s_data, signer.SignData(s_data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), Is.True);
    }

    [Test]
    public void Open_KeyIsDisposed_CertificateStaysUsable()
    {
        using var signer = RSA.Create(2048);
        using var certificate = Certificate(signer.ExportSubjectPublicKeyInfo());
        DecodedRsaKey.Open(certificate)!.Dispose();

        using var again = DecodedRsaKey.Open(certificate);

        Assert.That(again!.ExportSubjectPublicKeyInfo(), Is.EqualTo(signer.ExportSubjectPublicKeyInfo()));
    }

    private static X509Certificate2 Certificate(byte[] subjectPublicKeyInfo) =>
        X509CertificateLoader.LoadCertificate(ForgedCertificate.Root(new ForgedSpec { Subject = Der.CommonName("RSA"), SubjectPublicKeyInfo = subjectPublicKeyInfo }).Encoded);
}
