using Truststore.Tests.Forging;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Policy;

/// <summary>
/// What the Strict profile asks of an anchor: of a root what the baseline requirements ask of roots (BR 7.1.2.1), of any other one nothing
/// about its form, which is not part of path validation (RFC 5280 §6.1).
/// </summary>
internal sealed class StrictAnchorTests
{
    private static readonly FailureReason[] s_nonConforming = [FailureReason.NonConformingCertificate];
    private static readonly byte[] s_basicConstraints = Extension("2.5.29.19", true, Der.Sequence([0x01, 0x01, 0xFF]));
    private static readonly byte[] s_keyUsage = Extension("2.5.29.15", true, [0x03, 0x02, 0x01, 0x06]);
    private static readonly byte[] s_subjectKeyIdentifier = Extension("2.5.29.14", false, Der.OctetString([1, 2, 3, 4]));
    private static readonly byte[] s_authorityKeyIdentifier = Extension("2.5.29.35", false, Der.Sequence(Der.Tagged(0, [1, 2, 3, 4])));

    /// <summary>Name of the defect, and the extensions of a CA that has it.</summary>
    private static IEnumerable<TestCaseData> Defects()
    {
        var criticalSubject = Extension("2.5.29.14", true, Der.OctetString([1, 2, 3, 4]));
        var criticalAuthority = Extension("2.5.29.35", true, Der.Sequence(Der.Tagged(0, [1, 2, 3, 4])));
        var emptyAuthority = Extension("2.5.29.35", false, Der.Sequence());
        var basicConstraints = Extension("2.5.29.19", false, Der.Sequence([0x01, 0x01, 0xFF]));
        var access = Der.Sequence(Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.1"), Der.Tagged(6, "http://a/"u8)));
        var notCritical = Der.Sequence(Der.ObjectIdentifier("1.2.3.4"), [0x01, 0x01, 0x00], Der.OctetString([0x05, 0x00]));

        yield return Defect("no SKI", s_basicConstraints, s_keyUsage, s_authorityKeyIdentifier);
        yield return Defect("critical SKI", s_basicConstraints, s_keyUsage, criticalSubject, s_authorityKeyIdentifier);
        yield return Defect("critical AKI", s_basicConstraints, s_keyUsage, s_subjectKeyIdentifier, criticalAuthority);
        yield return Defect("AKI without a key identifier", s_basicConstraints, s_keyUsage, s_subjectKeyIdentifier, emptyAuthority);
        yield return Defect("basic constraints not critical", basicConstraints, s_keyUsage, s_subjectKeyIdentifier);
        yield return Defect("critical AIA", Sound(Extension("1.3.6.1.5.5.7.1.1", true, access)));
        yield return Defect("malformed AIA", Sound(Extension("1.3.6.1.5.5.7.1.1", false, Der.Integer(1))));
        yield return Defect("malformed policies", Sound(Extension("2.5.29.32", false, Der.Sequence())));
        yield return Defect("criticality written out", Sound(notCritical));
    }

    [TestCaseSource(nameof(Defects))]
    public void Verify_CertificateWithADefect_IsTakenAsAnAnchorThatIsNoRoot(byte[][] extensions)
    {
        var spec = Spec("CA", extensions);
        var root = ForgedCertificate.Root(Spec("Root", Sound()));
        var issued = root.Issue(spec);
        var selfIssued = ForgedCertificate.Root(spec);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reasons([Server(issued)], issued), Is.Empty, "anchor that another certificate issued");
            Assert.That(Reasons([Server(selfIssued)], selfIssued), Is.EqualTo(s_nonConforming), "root");
            Assert.That(Reasons([Server(issued), issued], root), Is.EqualTo(s_nonConforming), "intermediate");
        }
    }

    [Test]
    public void Verify_AnchorWithoutAnAuthorityKeyIdentifier_IsTrusted()
    {
        var spec = Spec("CA", [s_basicConstraints, s_keyUsage, s_subjectKeyIdentifier]);
        var root = ForgedCertificate.Root(Spec("Root", Sound()));
        var issued = root.Issue(spec);
        var signedByItself = ForgedCertificate.Root(spec with { Issuer = Der.CommonName("Another name") });
        var otherKey = ForgedCertificate.Root(spec);
        var selfIssued = otherKey.Issue(spec);
        var selfSigned = ForgedCertificate.Root(spec);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reasons([Server(issued)], issued), Is.Empty, "issued by another certificate");
            Assert.That(Reasons([Server(signedByItself)], signedByItself), Is.Empty, "signed by its own key, in another name");
            Assert.That(Reasons([Server(selfIssued)], selfIssued), Is.Empty, "signed by another key, in its own name");
            Assert.That(Reasons([Server(selfSigned)], selfSigned), Is.Empty, "root");
            Assert.That(Reasons([Server(issued), issued], root), Is.EqualTo(s_nonConforming), "intermediate");
        }
    }

    /// <summary>An end-entity certificate keeps to the rules for such, but for what links it to its issuer.</summary>
    [Test]
    public void Verify_EndEntityCertificateIsAnAnchor_NeedsNoLinkToAnIssuer()
    {
        var root = ForgedCertificate.Root(Spec("Root", Sound()));
        var spec = ServerSpec() with { OmitKeyIdentifiers = true };
        var withoutIdentifiers = root.Issue(spec);
        var ecdsaWithSha1 = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.1"));
        var signedWithSha1 = root.Issue(spec with { Signature = (ecdsaWithSha1, new byte[64]) });
        var withoutUsages = root.Issue(spec with { Extensions = [] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reasons([withoutIdentifiers], withoutIdentifiers), Is.Empty);
            Assert.That(Reasons([signedWithSha1], signedWithSha1), Is.Empty, "signed with SHA-1");
            Assert.That(Reasons([withoutUsages], withoutUsages), Is.EqualTo(s_nonConforming), "no extended key usage");
            Assert.That(Reasons([withoutIdentifiers], root), Is.EqualTo(s_nonConforming), "no anchor");
        }
    }

    private static TestCaseData Defect(string name, params byte[][] extensions) => new TestCaseData([extensions]).SetArgDisplayNames(name);

    private static byte[][] Sound(params byte[][] more) =>
        [s_basicConstraints, s_keyUsage, s_subjectKeyIdentifier, s_authorityKeyIdentifier, .. more];

    private static ForgedSpec Spec(string commonName, byte[][] extensions) =>
        new() { Subject = Der.CommonName(commonName), IsAuthority = false, OmitKeyIdentifiers = true, Extensions = extensions };

    private static ForgedSpec ServerSpec() => ForgedCertificate.ServerSpec() with
    {
        Extensions = [Extension("2.5.29.37", false, Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.3.1")))],
    };

    private static ForgedCertificate Server(ForgedCertificate issuer) => issuer.Issue(ServerSpec());

    private static FailureReason[] Reasons(ForgedCertificate[] chain, ForgedCertificate anchor)
    {
        const TlsVerifyFlags flags = TlsVerifyFlags.X509Strict | TlsVerifyFlags.X509PartialChain;
        var request = ForgedCertificate.Request(chain, anchor);
        return [.. LinuxVerifiers.WithoutSystemAnchors.Verify(request with { VerifyFlags = flags }).Failures.Select(f => f.Reason)];
    }

    private static byte[] Extension(string oid, bool isCritical, byte[] value) => ForgedCertificate.Extension(oid, isCritical, value);
}
