using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Tests.Core.Trust;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Core.Identity;

/// <summary>Certificate chains and keys in all the shapes that files have.</summary>
internal sealed class LoadCertificateChainTests : IDisposable
{
    private const string Password = "correct horse";

    private static readonly HandshakePki s_pki = HandshakePki.Instance;
    private static readonly PbeParameters s_encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);

    private readonly TemporaryDirectory _folder = new();
    private readonly TlsContext _context = TlsContext.CreateDefaultServer();

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<TestCaseData> Keys()
    {
        foreach (var key in new[] { KeySpec.P256, KeySpec.Rsa(2048) })
        {
            var own = s_pki.Ca.Issue(s_pki.Ca.ServerSpec("key.example.com") with { Key = key });
            using AsymmetricAlgorithm? rsa = own.Certificate.GetRSAPrivateKey();
            using AsymmetricAlgorithm? ecdsa = own.Certificate.GetECDsaPrivateKey();
            var algorithm = rsa ?? ecdsa!;
            var traditional = (rsa as RSA)?.ExportRSAPrivateKeyPem() ?? ((ECDsa)ecdsa!).ExportECPrivateKeyPem();
            yield return new TestCaseData(own, own.ExportKeyPem(), null).SetArgDisplayNames($"{key}, PKCS#8");
            yield return new TestCaseData(own, traditional, null).SetArgDisplayNames($"{key}, traditional");
            yield return new TestCaseData(own, algorithm.ExportEncryptedPkcs8PrivateKeyPem(Password, s_encryption), Password).SetArgDisplayNames($"{key}, encrypted PKCS#8");
        }
    }

    [TestCaseSource(nameof(Keys))]
    public void LoadCertificateChain_KeyInEachShape_IsLoaded(IssuedCertificate own, string key, string? password)
    {
        _context.LoadCertificateChain(Write("chain.pem", own.ExportChainPem()), Write("key.pem", key), password);

        Assert.That(_context.Certificate, Is.EqualTo(own.Info));
    }

    [Test]
    public void LoadCertificateChain_KeyBesideTheChain_IsFound()
    {
        var own = s_pki.Issue("own.example.com");

        _context.LoadCertificateChain(Write("all.pem", own.ExportKeyPem() + own.ExportChainPem()));

        Assert.That(_context.Certificate, Is.EqualTo(own.Info));
    }

    [TestCase(null)]
    [TestCase(Password)]
    public void LoadCertificateChain_Pkcs12_IsLoadedWithItsChainInOrder(string? password)
    {
        var own = s_pki.Issue("own.example.com");
        X509Certificate2Collection all = [WithoutKey(s_pki.Ca.Root), WithoutKey(s_pki.Ca.Intermediate), own.Certificate];
        var file = _folder.Write("own.p12", all.Export(X509ContentType.Pkcs12, password)!);

        _context.LoadCertificateChain(file, keyFile: null, password);

        Assert.That(
            _context.CreateServerOptions().ServerCertificateContext!.IntermediateCertificates.Select(c => c.Subject),
            Is.EqualTo(new[] { s_pki.Ca.Intermediate.Certificate.Subject, s_pki.Ca.Root.Certificate.Subject }));
    }

    [Test]
    public void LoadCertificateChain_PasswordCallback_IsCalledOnlyForEncryptedKeys()
    {
        var own = s_pki.Issue("own.example.com");
        var calls = 0;
        string Ask()
        {
            calls++;
            return Password;
        }

        using var key = own.Certificate.GetECDsaPrivateKey()!;
        _context.LoadCertificateChain(Write("all.pem", own.ExportChainPem() + own.ExportKeyPem()), keyFile: null, Ask);
        var before = calls;
        _context.LoadCertificateChain(Write("chain.pem", own.ExportChainPem()), Write("key.pem", key.ExportEncryptedPkcs8PrivateKeyPem(Password, s_encryption)), Ask);

        Assert.That((before, calls), Is.EqualTo((0, 1)));
    }

    private static IEnumerable<TestCaseData> Errors()
    {
        var own = s_pki.Issue("own.example.com");
        var other = s_pki.Issue("other.example.com");
        using var ecdsa = own.Certificate.GetECDsaPrivateKey()!;
        var encrypted = ecdsa.ExportEncryptedPkcs8PrivateKeyPem(Password, s_encryption);
        yield return Error("no certificate", own.ExportKeyPem(), own.ExportKeyPem(), null, "no CERTIFICATE block");
        yield return Error("no key", own.ExportChainPem(), null, null, "no private key");
        yield return Error("no key in the key's file", own.ExportChainPem(), own.ExportChainPem(), null, "no private key");
        yield return Error("two keys", own.ExportChainPem(), own.ExportKeyPem() + other.ExportKeyPem(), null, "2 private keys");
        yield return Error("another's key", own.ExportChainPem(), other.ExportKeyPem(), null, "does not belong to the certificate CN=own.example.com");
        yield return Error("own certificate not first", s_pki.Ca.Intermediate.ExportPem() + own.ExportPem(), own.ExportKeyPem(), null, "certificate 2");
        yield return Error("encrypted, no password", own.ExportChainPem(), encrypted, null, "there is no password");
        yield return Error("encrypted, wrong password", own.ExportChainPem(), encrypted, "wrong", "password is wrong");
        yield return Error("OpenSSL's old encryption", own.ExportChainPem(), "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n", Password, "openssl pkcs8 -topk8");
        yield return Error("a key that .NET cannot use", own.ExportChainPem(), "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n", null, "cannot be used for TLS");
        yield return Error("a damaged certificate", "-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n", own.ExportKeyPem(), null, "cannot be decoded");
    }

    [TestCaseSource(nameof(Errors))]
    public void LoadCertificateChain_BadInput_SaysWhatIsWrongAndChangesNothing(string certificates, string? key, string? password, string expected)
    {
        var chainFile = Write("chain.pem", certificates);
        var keyFile = key is null ? null : Write("key.pem", key);

        var error = Assert.Throws<TrustDataException>(() => _context.LoadCertificateChain(chainFile, keyFile, password));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Message, Does.Contain(expected));
            Assert.That(_context.Certificate, Is.Null);
        }
    }

    [Test]
    public void LoadCertificateChain_DerCertificateOrWrongPkcs12Password_SaysWhatToDo()
    {
        var own = s_pki.Issue("own.example.com");
        var der = _folder.Write("own.der", own.Der.ToArray());
        var pkcs12 = _folder.Write("own.p12", own.Certificate.Export(X509ContentType.Pkcs12, Password));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _context.LoadCertificateChain(der), Throws.TypeOf<TrustDataException>().With.Message.Contains("in DER without a key"));
            Assert.That(() => _context.LoadCertificateChain(der, der), Throws.TypeOf<TrustDataException>().With.Message.Contains("leave keyFile out"));
            Assert.That(() => _context.LoadCertificateChain(pkcs12, keyFile: null, "wrong"), Throws.TypeOf<TrustDataException>().With.Message.Contains("password is wrong"));
            Assert.That(() => _context.LoadCertificateChain(Path.Combine(Path.GetTempPath(), "there-is-none.pem")), Throws.TypeOf<TrustDataException>().With.Message.Contains("does not exist"));
            Assert.That(() => _context.LoadCertificateChain(string.Empty), Throws.ArgumentException);
        }
    }

    [Test]
    public void LoadCertificateChain_CertificateWithoutKey_IsRefused()
    {
        using var bare = WithoutKey(s_pki.Issue("own.example.com"));

        Assert.That(() => _context.LoadCertificateChain(bare), Throws.ArgumentException.With.Message.Contains("no private key"));
    }

    private static TestCaseData Error(string name, string certificates, string? key, string? password, string expected) =>
        new TestCaseData(certificates, key, password, expected).SetArgDisplayNames(name);

    private static X509Certificate2 WithoutKey(IssuedCertificate certificate) => X509CertificateLoader.LoadCertificate(certificate.Der.Span);

    private string Write(string name, string text) => _folder.Write(name, text);
}
