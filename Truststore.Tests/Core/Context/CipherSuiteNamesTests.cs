using System.Net.Security;

namespace Truststore.Tests.Core.Context;

internal sealed class CipherSuiteNamesTests
{
    private const string EcdsaGcm = "ECDHE-ECDSA-AES128-GCM-SHA256";
    private const string RsaGcm = "ECDHE-RSA-AES256-GCM-SHA384";

    private static readonly TlsCipherSuite[] s_defaultTls13 =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
    ];

    private static IEnumerable<TestCaseData> Lists()
    {
        var ecdsa = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
        var rsa = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384;
        yield return Case(EcdsaGcm, ecdsa);
        yield return Case("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", ecdsa);
        yield return Case("ecdhe-ecdsa-aes128-gcm-sha256", ecdsa);
        yield return Case("tls_ecdhe_ecdsa_with_aes_128_gcm_sha256", ecdsa);
        yield return Case($"{EcdsaGcm}:{RsaGcm}", ecdsa, rsa);
        yield return Case($"{RsaGcm}:{EcdsaGcm}", rsa, ecdsa);
        yield return Case($"{EcdsaGcm},{RsaGcm}", ecdsa, rsa);
        yield return Case($" {EcdsaGcm}, {RsaGcm} :", ecdsa, rsa);
        yield return Case($"{EcdsaGcm}:TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256:{RsaGcm}:{EcdsaGcm}", ecdsa, rsa);
        yield return Case("AES128-SHA", TlsCipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
        yield return Case("DHE-RSA-CHACHA20-POLY1305", TlsCipherSuite.TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256);
    }

    [TestCaseSource(nameof(Lists))]
    public void Parse_OlderSuites_FollowTheDefaultsOfTls13(string ciphers, TlsCipherSuite[] named) =>
        Assert.That(CipherSuiteNames.Parse(ciphers), Is.EqualTo(s_defaultTls13.Concat(named)));

    [Test]
    public void Parse_SuiteOfTls13Named_ThoseOnlyAreOn()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CipherSuiteNames.Parse($"{RsaGcm}:TLS_AES_128_GCM_SHA256"), Is.EqualTo([TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256]));
            Assert.That(CipherSuiteNames.Parse("tls_aes_128_gcm_sha256"), Is.EqualTo([TlsCipherSuite.TLS_AES_128_GCM_SHA256]));
        }
    }

    [TestCase("HIGH")]
    [TestCase("default")]
    [TestCase("ALL")]
    [TestCase("!aNULL")]
    [TestCase("-AES128-SHA")]
    [TestCase("+RC4")]
    [TestCase("ECDHE+AESGCM")]
    [TestCase("kRSA")]
    [TestCase("eNULL")]
    [TestCase("@SECLEVEL=2")]
    [TestCase("@STRENGTH")]
    [TestCase("PROFILE=SYSTEM")]
    [TestCase("SUITEB128")]
    public void Parse_OpenSslCipherString_SaysThatItIsNotUnderstood(string keyword) =>
        Assert.That(
            () => CipherSuiteNames.Parse($"{EcdsaGcm}:{keyword}"),
            Throws.ArgumentException.With.Message.Contains($"'{keyword}'").And.Message.Contains("not understood").And.Message.Contains("one by one"));

    [TestCase("", "No cipher suite is named")]
    [TestCase(" :, ", "No cipher suite is named")]
    [TestCase("NONSENSE", "'NONSENSE' is unknown")]
    [TestCase("NULLIFY", "'NULLIFY' is unknown")]
    [TestCase("4865", "'4865' is unknown")]
    [TestCase("0x1301", "'0x1301' is unknown")]
    [TestCase("ECDHE-RSA-AES128-GCM-SHA", "Did you mean 'ECDHE-RSA-AES128-GCM-SHA256'?")]
    [TestCase("ecdhe_rsa_aes128_gcm_sha256", "Did you mean 'ECDHE-RSA-AES128-GCM-SHA256'?")]
    [TestCase("TLS_AES_256_GCM_SHA348", "Did you mean 'TLS_AES_256_GCM_SHA384'?")]
    [TestCase("NULL-SHA256", "does not encrypt")]
    [TestCase("TLS_RSA_WITH_NULL_SHA256", "does not encrypt")]
    [TestCase("ECDHE-ECDSA-NULL-SHA", "does not encrypt")]
    [TestCase("ADH-AES256-GCM-SHA384", "has no certificate")]
    [TestCase("AECDH-AES128-SHA", "has no certificate")]
    [TestCase("TLS_DH_anon_WITH_AES_256_GCM_SHA384", "has no certificate")]
    [TestCase("TLS_RSA_WITH_RC4_128_SHA", "not one that .NET negotiates")]
    [TestCase("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "not one that .NET negotiates")]
    [TestCase("TLS_DHE_PSK_WITH_AES_256_CCM", "not one that .NET negotiates")]
    [TestCase("TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384", "not one that .NET negotiates")]
    public void Parse_BadName_SaysWhy(string ciphers, string reason) =>
        Assert.That(() => CipherSuiteNames.Parse(ciphers), Throws.ArgumentException.With.Message.Contains(reason).And.Property(nameof(ArgumentException.ParamName)).EqualTo("ciphers"));

    [Test]
    public void Parse_OneBadNameAmongGoodOnes_IsNamed() =>
        Assert.That(() => CipherSuiteNames.Parse($"{EcdsaGcm}:BOGUS:{RsaGcm}"), Throws.ArgumentException.With.Message.Contains("'BOGUS'"));

    [Test]
    public void Parse_EndlessName_IsCutInTheMessage()
    {
        var error = Assert.Throws<ArgumentException>(() => CipherSuiteNames.Parse(new string('A', 1_000_000) + "\n"));

        Assert.That(error.Message, Has.Length.LessThan(400));
    }

    [Test]
    public async Task Parse_EverySuiteOfOpenSslOverAesAndChaCha20_IsKnown()
    {
        var lines = (await OpenSslCommand.RunAsync("ciphers", "-stdname", "AESGCM:CHACHA20:AES:eNULL:!PSK:!SRP:!aDSS:!AESCCM")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var known = 0;
        using (Assert.EnterMultipleScope())
        {
            foreach (var line in lines)
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var (ianaName, openSslName) = (columns[0], columns[2]);
                if (!Enum.TryParse<TlsCipherSuite>(ianaName, out var suite))
                {
                    continue; // newer than .NET's enumeration
                }

                if (line.Contains("Au=None", StringComparison.Ordinal) || line.Contains("Enc=None", StringComparison.Ordinal))
                {
                    var reason = line.Contains("Enc=None", StringComparison.Ordinal) ? "does not encrypt" : "has no certificate";
                    Assert.That(() => CipherSuiteNames.Parse(ianaName), Throws.ArgumentException.With.Message.Contains(reason));
                    Assert.That(() => CipherSuiteNames.Parse(openSslName), Throws.ArgumentException.With.Message.Contains(reason));
                    continue;
                }

                known++;
                Assert.That(CipherSuiteNames.Parse(ianaName), Does.Contain(suite));
                Assert.That(CipherSuiteNames.Parse(openSslName), Is.EqualTo(CipherSuiteNames.Parse(ianaName)), openSslName);
            }

            Assert.That(known, Is.GreaterThan(20), "OpenSSL listed next to nothing.");
        }
    }

    [Test]
    public void Parse_EveryNameOfTheTable_IsKnown() =>
        Assert.That(CipherSuiteTable.Names.Select(name => CipherSuiteNames.Parse(name).Count), Has.All.AnyOf(1, 4));

    private static TestCaseData Case(string ciphers, params TlsCipherSuite[] named) => new TestCaseData(ciphers, named).SetArgDisplayNames(ciphers);
}
