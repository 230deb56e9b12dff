using System.Text;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Text;

/// <summary>A peer whose certificates say what no terminal should obey: none of it gets raw into anything that people read.</summary>
[Platform(Include = "Linux", Reason = "The verifier of every case is the one for Linux.")]
internal sealed class HostileNamesTests
{
    private const string NameConstraints = "2.5.29.30";
    private const int DnsName = 2;
    private const int Uri = 6;
    private const int Email = 1;

    private static readonly byte[] s_hostile = Encoding.UTF8.GetBytes(ForeignText.Hostile);
    private static readonly byte[] s_ecdsaWithSha256 = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2"));
    private static readonly byte[] s_hostileName = Der.CommonName(ForeignText.Hostile);
    private static readonly Lazy<ForgedCertificate> s_root = new(() => CreateRoot("Root"));
    private static readonly Lazy<ForgedCertificate> s_permitting = new(() =>
        CreateConstrained(0, "Permitting", Der.Name(("2.5.4.10", ForeignText.Hostile))));
    private static readonly Lazy<ForgedCertificate> s_excluding = new(() => CreateConstrained(1, "Excluding", s_hostileName));

    private static IEnumerable<TestCaseData> Chains()
    {
        yield return Case("issuer unknown", FailureReason.IssuerNotFound, () => CreateRoot("Stranger").Issue(Server()));
        yield return Case("self-signed", FailureReason.SelfSigned, () => ForgedCertificate.Root(Server()));
        yield return Case("alternative names", FailureReason.HostnameMismatch,
            () => s_root.Value.Issue(Server() with { AlternativeNames = HostileNames() }));
        yield return Case("common name alone", FailureReason.HostnameMismatch,
            () => s_root.Value.Issue(Server() with { AlternativeNames = [] }));
        yield return Case("many long names", FailureReason.HostnameMismatch,
            () => s_root.Value.Issue(Server() with { AlternativeNames = [.. Enumerable.Repeat(Der.Tagged(DnsName, new byte[9000]), 9)] }));
        yield return Case("excluded name", FailureReason.NameConstraintViolation, () => s_excluding.Value.Issue(Server()));
        yield return Case("name that is not permitted", FailureReason.NameConstraintViolation, () => s_permitting.Value.Issue(Server()));
        yield return Case("forged signature", FailureReason.InvalidSignature,
            () => s_root.Value.Issue(Server() with { Signature = (s_ecdsaWithSha256, [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01]) }));
        yield return Case("long subject", FailureReason.SelfSigned,
            () => ForgedCertificate.Root(Server() with { Subject = Der.CommonName(Repeat(ForeignText.Hostile)) }));

        static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, 1000));

        static TestCaseData Case(string name, FailureReason reason, Func<ForgedCertificate> create) =>
            new TestCaseData(create, reason).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Chains))]
    public void VerifyChain_HostileNames_AreHarmlessInEveryText(object create, FailureReason reason)
    {
        var context = TlsContext.CreateDefault(useSystemAnchors: false);
        context.TimeProvider = new ManualTimeProvider(ContractPki.Now);
        context.LoadVerifyLocations([.. s_root.Value.Encoded, .. s_excluding.Value.Encoded, .. s_permitting.Value.Encoded]);

        var result = context.VerifyChain([((Func<ForgedCertificate>)create)().Encoded], ContractPki.Host);
        var error = new CertificateVerificationException(result, ReferenceIdentifier.Parse(ContractPki.Host));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
            ForeignText.AssertHarmless(error.Message, "the exception's message");
            ForeignText.AssertHarmless(error.ToString().Split(" at Truststore")[0], "the exception");
            ForeignText.AssertHarmless(VerificationExplanation.Write(result), "the explanation");
            foreach (var failure in result.Failures)
            {
                ForeignText.AssertHarmless(failure.Message, "a failure's message");
                ForeignText.AssertHarmless(failure.ToString(), "a failure");
                ForeignText.AssertHarmless((failure with { Message = ForeignText.Hostile }).Message, "a changed failure's message");
            }
        }
    }

    [Test]
    public void ToString_HostileCertificate_IsHarmlessAndWhole()
    {
        var certificate = CertificateInfo.Parse(s_root.Value.Issue(Server() with { AlternativeNames = HostileNames() }).Encoded);

        using (Assert.EnterMultipleScope())
        {
            ForeignText.AssertHarmless(certificate.ToString(), "the certificate");
            ForeignText.AssertHarmless(certificate.Subject.ToString(), "the subject");
            ForeignText.AssertHarmless(certificate.Issuer.ToString(), "the issuer");
            foreach (var attribute in certificate.Subject.Attributes)
            {
                Assert.That(attribute.Value, Is.EqualTo(ForeignText.Hostile), "The value is data.");
                ForeignText.AssertHarmless(attribute.ToString(), "an attribute");
            }

            foreach (var name in certificate.SubjectAlternativeNames)
            {
                ForeignText.AssertHarmless(name.Value, "an alternative name's value");
                ForeignText.AssertHarmless(name.ToString(), "an alternative name");
            }
        }
    }

    // RFC 4514 §2.4: what is escaped is so by its octets in UTF-8. Names of their own: test reports drop cases whose
    // names have control characters.
    private static IEnumerable<TestCaseData> CommonNames()
    {
        yield return new TestCaseData("a\u202Eb", "CN=a\\E2\\80\\AEb").SetArgDisplayNames("override");
        yield return new TestCaseData("a\nb\u007F", "CN=a\\0Ab\\7F").SetArgDisplayNames("controls");
        yield return new TestCaseData("\u009B", "CN=\\C2\\9B").SetArgDisplayNames("C1 control");
        yield return new TestCaseData("\U000E0041", "CN=\\F3\\A0\\81\\81").SetArgDisplayNames("tag");
        yield return new TestCaseData(" a,b\\c\U0001F512 ", "CN=\\ a\\,b\\\\c\U0001F512\\ ").SetArgDisplayNames("special characters");
    }

    [TestCaseSource(nameof(CommonNames))]
    public void DistinguishedName_AnyCharacter_IsEscapedByItsOctets(string commonName, string expected) =>
        Assert.That(CertificateInfo.Parse(ForgedCertificate.Root(commonName).Encoded).Subject.ToString(), Is.EqualTo(expected));

    [Test]
    public void GeneralName_OctetsThatAreNoAscii_AreTold()
    {
        byte[][] names = [Der.Tagged(DnsName, [.. "www.example.com"u8, 0, .. ".b\u00FC"u8]), Der.Tagged(Uri, @"file://\\server\ca.crl"u8)];
        var certificate = CertificateInfo.Parse(s_root.Value.Issue(Server() with { AlternativeNames = names }).Encoded);

        Assert.That(certificate.SubjectAlternativeNames.Select(n => n.ToString()),
            Is.EqualTo([@"DNS:www.example.com\x00.b\xC3\xBC", @"URI:file://\\server\ca.crl"]));
    }

    [Test]
    public void Write_HundredsOfFailures_NamesTheGravestAndCountsTheRest()
    {
        var request = new ChainVerificationRequest { PeerChain = [], VerificationTime = ContractPki.Now };
        var messages = Enumerable.Range(0, 300).Select(i => $"number {i}: {new string('x', 2000)}");
        var failures = messages.Select(message => new VerificationFailure(FailureReason.Other, message)).ToList();

        var message = new CertificateVerificationException(ChainVerificationResult.Rejected(request, failures, [])).Message;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(message, Does.Contain("number 0").And.Contains("number 7").And.Contains(" And 292 more failures."));
            Assert.That(message, Does.EndWith("See the native code and text.").And.Length.LessThan(10_000));
        }
    }

    private static ForgedSpec Server() => ForgedCertificate.ServerSpec() with { Subject = s_hostileName };

    private static IReadOnlyList<byte[]> HostileNames() =>
    [
        Der.Tagged(DnsName, s_hostile),
        Der.Tagged(Uri, s_hostile),
        Der.Tagged(Email, [.. s_hostile, .. "@example.com"u8]),
        Der.Wrapped(4, s_hostileName),
        Der.Wrapped(0, Der.ObjectIdentifier("1.2.3"), Der.Wrapped(0, Der.Utf8(ForeignText.Hostile))),
    ];

    private static ForgedCertificate CreateConstrained(int side, string organization, byte[] directoryName)
    {
        var constraints = Der.Sequence(Der.Wrapped(side, Der.Sequence(Der.Wrapped(4, directoryName))));
        return CreateRoot(organization, ForgedCertificate.Extension(NameConstraints, isCritical: true, constraints));
    }

    private static ForgedCertificate CreateRoot(string organization, params byte[][] extensions) => ForgedCertificate.Root(new ForgedSpec
    {
        Subject = Der.Name(("2.5.4.10", organization), ("2.5.4.3", ForeignText.Hostile)),
        Extensions = extensions,
    });
}
