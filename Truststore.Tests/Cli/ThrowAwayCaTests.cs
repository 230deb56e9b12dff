using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Cli;

internal sealed class ThrowAwayCaTests
{
    private static readonly DateTimeOffset s_now = CliRun.Now;

    [Test]
    public void Issue_FullSpecification_IsWhatTheCertificateSays()
    {
        var spec = CliPki.Ca.ServerSpec("a.example.test", "*.b.example.test") with
        {
            IPAddresses = ["192.0.2.1", "2001:db8::1"],
            EmailAddresses = ["x@example.test"],
            Key = KeySpec.P384,
            Hash = HashAlgorithmName.SHA512,
            SerialNumber = new byte[] { 0x12, 0x34 },
            KeyUsage = X509KeyUsageFlags.KeyAgreement,
            ExtendedKeyUsages = ["1.2.3", "1.2.4"],
        };
        using var issued = CliPki.Ca.Intermediate.Issue(spec);

        var info = issued.Info;
        Assert.Multiple(() =>
        {
            Assert.That(info.Subject.ToString(), Is.EqualTo("CN=a.example.test"));
            Assert.That(info.Issuer, Is.EqualTo(CliPki.Ca.Intermediate.Info.Subject));
            Assert.That(info.SubjectAlternativeNames.Select(n => n.Value), Is.EquivalentTo(new[] { "a.example.test", "*.b.example.test", "192.0.2.1", "2001:db8::1", "x@example.test" }));
            Assert.That(info.PublicKey.Curve, Is.EqualTo("P-384"));
            Assert.That(info.SignatureAlgorithm, Is.EqualTo("ecdsa-with-SHA512"));
            Assert.That(info.SerialNumber, Is.EqualTo("1234"));
            Assert.That(info.KeyUsage, Is.EqualTo(X509KeyUsageFlags.KeyAgreement));
            Assert.That(info.ExtendedKeyUsages, Is.EqualTo(new[] { "1.2.3", "1.2.4" }));
            Assert.That(info.IsCertificateAuthority, Is.False);
            Assert.That((info.NotBefore, info.NotAfter), Is.EqualTo((spec.NotBefore, spec.NotAfter)));
            Assert.That(info.AuthorityKeyIdentifier!.KeyIdentifier.ToArray(), Is.EqualTo(CliPki.Ca.Intermediate.Info.SubjectKeyIdentifier!.Value.ToArray()));
        });
    }

    [Test]
    public void Issue_OmittedExtensions_AreNotThere()
    {
        using var issued = CliPki.Ca.Intermediate.Issue(CliPki.Ca.ServerSpec() with
        {
            OmitAuthorityKeyIdentifier = true,
            OmitSubjectKeyIdentifier = true,
            OmitBasicConstraints = true,
            KeyUsage = X509KeyUsageFlags.None,
            ExtendedKeyUsages = [],
        });

        Assert.That(issued.Info.Extensions, Is.Empty);
    }

    [Test]
    public void CrossSign_Root_HasTheSameNameAndKeyUnderAnotherIssuer()
    {
        using var other = new ThrowAwayCa(s_now, "Other");
        using var crossed = CliPki.Ca.Root.CrossSign(other.Root);

        Assert.Multiple(() =>
        {
            Assert.That(crossed.Info.Subject, Is.EqualTo(other.Root.Info.Subject));
            Assert.That(crossed.Info.SubjectPublicKeyInfoSha256, Is.EqualTo(other.Root.Info.SubjectPublicKeyInfoSha256));
            Assert.That(crossed.Info.Issuer, Is.EqualTo(CliPki.Ca.Root.Info.Subject));
            Assert.That(crossed.Path, Is.EqualTo(new[] { crossed, CliPki.Ca.Root }));
        });
    }

    [Test]
    public void CreateRevocationList_RevokedCertificate_IsListed()
    {
        var list = CertificateRevocationList.Parse(CliPki.Ca.Intermediate.CreateRevocationList(s_now, s_now.AddDays(7), CliPki.Server));

        Assert.Multiple(() =>
        {
            Assert.That(list.Issuer, Is.EqualTo(CliPki.Ca.Intermediate.Info.Subject));
            Assert.That(list.ThisUpdate, Is.EqualTo(s_now));
            Assert.That(list.NextUpdate, Is.EqualTo(s_now.AddDays(7)));
        });
    }

    [Test]
    public void ExportChainPem_ServerCertificate_HasTheIntermediateAndNotTheRoot()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(CliPki.Server.ExportChainPem());

        Assert.That(chain.Select(c => c.RawData), Is.EqualTo(new[] { CliPki.Server.Der.ToArray(), CliPki.Ca.Intermediate.Der.ToArray() }));
    }
}
