using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>Small suites that ask for what the conformance data asks for seldom or never: none is passed by ignoring it.</summary>
internal sealed class LimboQuestionTests
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private static readonly ContractPki s_pki = ContractPki.Instance;

    /// <summary>Members of a case in JSON beside those of a trusted one, and whether the chain must be trusted then.</summary>
    private static IEnumerable<TestCaseData> Questions()
    {
        const string host = """{"kind": "DNS", "value": "www.example.com"}""";
        const string otherHost = """{"kind": "DNS", "value": "other.example.com"}""";
        const string address = """{"kind": "IP", "value": "192.0.2.1"}""";
        const string mailbox = """{"kind": "RFC822", "value": "user@example.com"}""";
        yield return Question("nothing", string.Empty, true);
        yield return Question("its name", $$""" "expected_peer_name": {{host}} """, true);
        yield return Question("another name", $$""" "expected_peer_name": {{otherHost}} """, false);
        yield return Question("its names", $$""" "expected_peer_names": [{{host}}, {{address}}, {{mailbox}}] """, true);
        yield return Question("one name too many", $$""" "expected_peer_names": [{{host}}, {{otherHost}}] """, false);
        yield return Question("another name first", $$""" "expected_peer_names": [{{otherHost}}, {{host}}] """, false);
        yield return Question("name and names", $$""" "expected_peer_name": {{host}}, "expected_peer_names": [{{otherHost}}] """, false);
        yield return Question("another address", """ "expected_peer_names": [{"kind": "IP", "value": "192.0.2.2"}] """, false);
        yield return Question("address as a DNS name", """ "expected_peer_name": {"kind": "DNS", "value": "192.0.2.1"} """, false);
        yield return Question("DNS name as an address", """ "expected_peer_name": {"kind": "IP", "value": "www.example.com"} """, false);
        yield return Question("another mailbox", """ "expected_peer_names": [{"kind": "RFC822", "value": "other@example.com"}] """, false);
        yield return Question("host as a mailbox", """ "expected_peer_names": [{"kind": "RFC822", "value": "www.example.com"}] """, false);
        yield return Question("wildcard", """ "expected_peer_names": [{"kind": "DNS", "value": "*.example.com"}] """, false);

        yield return Question("key usage", """ "key_usage": ["digitalSignature"] """, true);
        yield return Question("another key usage", """ "key_usage": ["keyEncipherment"] """, false);
        yield return Question("one key usage too many", """ "key_usage": ["digitalSignature", "keyAgreement"] """, false);
        yield return Question("extended key usage", """ "extended_key_usage": ["serverAuth"] """, true);
        yield return Question("another extended key usage", """ "extended_key_usage": ["clientAuth"] """, false);
        yield return Question("one extended key usage too many", """ "extended_key_usage": ["serverAuth", "clientAuth"] """, false);
        yield return Question("client", """ "validation_kind": "CLIENT" """, false);
        yield return Question("client for servers", """ "validation_kind": "CLIENT", "extended_key_usage": ["serverAuth"] """, true);
    }

    [TestCaseSource(nameof(Questions))]
    public void Ask_Case_IsHeldToAllThatItAsksFor(string members, bool isTrusted)
    {
        var server = s_pki.Issue(s => s with
        {
            KeyUsage = X509KeyUsageFlags.DigitalSignature,
            ExtendedKeyUsages = [ServerUsage],
            IPAddresses = ["192.0.2.1"],
            EmailAddresses = ["user@example.com"],
        });

        Assert.That(Ask(Read(server.ExportPem(), members)).IsTrusted, Is.EqualTo(isTrusted));
    }

    [Test]
    public void Ask_BothExtendedKeyUsagesAndNoKeyUsage_IsTrusted()
    {
        var server = s_pki.Issue(s => s with { KeyUsage = X509KeyUsageFlags.None, ExtendedKeyUsages = [ServerUsage, ClientUsage] });
        const string members = """ "extended_key_usage": ["serverAuth", "clientAuth"], "key_usage": ["digitalSignature"] """;

        Assert.That(Ask(Read(server.ExportPem(), members)).Objection, Is.Null);
    }

    [TestCase(""" "extended_key_usage": ["serverAuth", "codeSigning"] """, "the extended key usage codeSigning")]
    [TestCase(""" "extended_key_usage": ["anyExtendedKeyUsage"] """, "the extended key usage anyExtendedKeyUsage")]
    [TestCase(""" "key_usage": ["signing"] """, "the key usage signing")]
    [TestCase(""" "signature_algorithms": ["RSA_WITH_SHA256"] """, "a list of signature algorithms")]
    [TestCase(""" "expected_peer_names": [{"kind": "URI", "value": "https://www.example.com"}] """, "a name of the kind URI")]
    [TestCase(""" "validation_kind": "OCSP" """, "the validation kind OCSP")]
    [TestCase(""" "expected_result": "MAYBE" """, "the result MAYBE")]
    public void Of_CaseThatNoRequestCanAsk_SaysSo(string members, string unsupported)
    {
        var testCase = Read(s_pki.Server.ExportPem(), members);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LimboQuestion.FindUnsupported(testCase), Is.EqualTo(unsupported));
            Assert.That(() => Ask(testCase), Throws.TypeOf<NotSupportedException>().With.Message.Contains(unsupported));
        }
    }

    [TestCase(""" "pinned_keys": [] """)]
    [TestCase(""" "expected_peer_name": {"kind": "DNS", "value": "www.example.com", "is_wildcard": true} """)]
    public void Read_MemberThatIsNotKnown_Throws(string members) =>
        Assert.That(() => Read(s_pki.Server.ExportPem(), members), Throws.TypeOf<JsonException>());

    private static TestCaseData Question(string name, string members, bool isTrusted) =>
        new TestCaseData(members, isTrusted).SetArgDisplayNames(name);

    private static LimboAnswer Ask(LimboCase testCase) =>
        LimboQuestion.Of(testCase, TlsVerifyFlags.None).Ask(LinuxVerifiers.WithoutSystemAnchors);

    /// <summary>A suite of one case; the last member of a name counts.</summary>
    private static LimboCase Read(string peer, string members)
    {
        var suite = $$"""
            {"version": 1, "testcases": [{
                "id": "synthetic::case",
                "validation_kind": "SERVER",
                "trusted_certs": [{{JsonSerializer.Serialize(s_pki.Ca.Root.ExportPem())}}],
                "untrusted_intermediates": [{{JsonSerializer.Serialize(s_pki.Ca.Intermediate.ExportPem())}}],
                "peer_certificate": {{JsonSerializer.Serialize(peer)}},
                "validation_time": "2026-06-15T12:00:00+00:00",
                "expected_result": "SUCCESS"{{(members.Length > 0 ? "," : string.Empty)}}
                {{members}}
            }]}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(suite));
        return LimboData.Read(stream).Single();
    }
}
