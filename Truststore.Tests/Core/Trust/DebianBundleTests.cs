namespace Truststore.Tests.Core.Trust;

/// <summary>Real trust data: what Debian's package ca-certificates installs.</summary>
[Platform("Linux", Reason = "Debian's bundle")]
internal sealed class DebianBundleTests
{
    private const string Directory = "/etc/ssl/certs";
    private const string Bundle = Directory + "/ca-certificates.crt";

    [Test]
    public void LoadVerifyLocations_DebiansBundle_IsAllInItsDirectoryToo()
    {
        if (!File.Exists(Bundle))
        {
            TestPrerequisites.Missing($"{Bundle}; install Debian's or Ubuntu's package ca-certificates and run the tests again");
        }

        var (bundle, directory) = (TrustAssert.NewContext(), TrustAssert.NewContext());

        bundle.LoadVerifyLocations(caFile: Bundle);
        directory.LoadVerifyLocations(caPath: Directory);

        var blocks = File.ReadLines(Bundle).Count(line => line.StartsWith("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle.CertificateStoreStatistics, Is.EqualTo(new CertificateStoreStatistics(X509: blocks, Crl: 0, X509Ca: blocks)));

            // The directory may hold more, such as the server certificate of the package ssl-cert.
            Assert.That(directory.AddedAnchors.Select(a => a.Certificate.Fingerprint), Is.SupersetOf(bundle.AddedAnchors.Select(a => a.Certificate.Fingerprint)));
        }
    }
}
