using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;
using Truststore.Tests.Contract;
using Truststore.Tests.Linux;

namespace Truststore.Tests.Core.Policy;

/// <summary>Certificate policies along a path (RFC 5280 §6.1): root, CA, end-entity certificate.</summary>
internal sealed class CertificatePoliciesRuleTests
{
    private const string PolicyA = "1.3.6.1.4.1.99999.1";
    private const string PolicyB = "1.3.6.1.4.1.99999.2";
    private const string AnyPolicy = "2.5.29.32.0";

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("no policies, none required", [], [], null);
        yield return Case("none required, policies that do not fit", [Policies(PolicyA)], [Policies(PolicyB)], null);
        yield return Case("required, none there", [RequireExplicitPolicy(0)], [], FailureReason.PolicyViolation);
        yield return Case("required, only in the CA", [RequireExplicitPolicy(0), Policies(PolicyA)], [], FailureReason.PolicyViolation);
        yield return Case("required, the same in both", [RequireExplicitPolicy(0), Policies(PolicyA)], [Policies(PolicyA)], null);
        yield return Case("required, different ones", [RequireExplicitPolicy(0), Policies(PolicyA)], [Policies(PolicyB)], FailureReason.PolicyViolation);
        yield return Case("required, any in the CA", [RequireExplicitPolicy(0), Policies(AnyPolicy)], [Policies(PolicyB)], null);
        yield return Case("required, any in the end-entity", [RequireExplicitPolicy(0), Policies(PolicyA)], [Policies(AnyPolicy)], null);
        yield return Case("required, any in the end-entity but inhibited", [RequireExplicitPolicy(0), Policies(PolicyA), InhibitAnyPolicy(0)], [Policies(AnyPolicy)], FailureReason.PolicyViolation);
        yield return Case("required, any where inhibited later", [RequireExplicitPolicy(0), Policies(PolicyA), InhibitAnyPolicy(1)], [Policies(AnyPolicy)], null);
        yield return Case("required after the end", [RequireExplicitPolicy(2)], [], null);
        yield return Case("required, mapped", [RequireExplicitPolicy(0), Policies(PolicyA), Mapping(PolicyA, PolicyB)], [Policies(PolicyB)], null);
        yield return Case("required, mapped away", [RequireExplicitPolicy(0), Policies(PolicyA), Mapping(PolicyA, PolicyB)], [Policies(PolicyA)], FailureReason.PolicyViolation);
        yield return Case("required, any mapped", [RequireExplicitPolicy(0), Policies(AnyPolicy), Mapping(AnyPolicy, PolicyB)], [Policies(PolicyB)], FailureReason.PolicyViolation);
        yield return Case("none required, any mapped", [Mapping(AnyPolicy, PolicyB)], [], FailureReason.PolicyViolation);
        yield return Case("none required, mapped to any", [Policies(PolicyA), Mapping(PolicyA, AnyPolicy)], [Policies(PolicyB)], FailureReason.PolicyViolation);
        yield return Case("none required, mapped", [Policies(PolicyA), Mapping(PolicyA, PolicyB)], [Policies(PolicyA)], null);
        yield return Case("required by the end-entity itself", [], [RequireExplicitPolicy(0)], FailureReason.PolicyViolation);
    }

    [TestCaseSource(nameof(Cases))]
    public void Check_Policies_FollowTheRfc(X509Extension[] authority, X509Extension[] endEntity, FailureReason? expected)
    {
        var now = ContractPki.Now;
        var root = ContractPki.Instance.Ca.Root;
        using var intermediate = root.Issue(CertificateSpec.Authority("Policy CA", now.AddDays(-1), now.AddDays(1)) with { ExtraExtensions = authority });
        using var server = intermediate.Issue(ContractPki.Instance.Ca.ServerSpec(ContractPki.Host) with { ExtraExtensions = endEntity });

        var result = LinuxVerifiers.WithoutSystemAnchors.Verify(ContractPki.Request(server.ServerChain));

        Assert.That(result.Failures is [var failure, ..] ? failure.Reason : (FailureReason?)null, Is.EqualTo(expected), string.Join(' ', result.Failures.Select(f => f.Message)));
    }

    private static X509Extension Policies(params string[] policies) => Extension("2.5.29.32", critical: false, writer =>
    {
        foreach (var policy in policies)
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(policy);
            }
        }
    });

    private static X509Extension Mapping(string issuerDomain, string subjectDomain) => Extension("2.5.29.33", critical: true, writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(issuerDomain);
            writer.WriteObjectIdentifier(subjectDomain);
        }
    });

    private static X509Extension RequireExplicitPolicy(int skipCertificates) =>
        Extension("2.5.29.36", critical: true, writer => writer.WriteInteger(skipCertificates, new Asn1Tag(TagClass.ContextSpecific, 0)));

    private static X509Extension InhibitAnyPolicy(int skipCertificates)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(skipCertificates);
        return new X509Extension("2.5.29.54", writer.Encode(), critical: true);
    }

    private static X509Extension Extension(string oid, bool critical, Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            write(writer);
        }

        return new X509Extension(oid, writer.Encode(), critical);
    }

    private static TestCaseData Case(string name, X509Extension[] authority, X509Extension[] endEntity, FailureReason? expected) =>
        new TestCaseData(authority, endEntity, expected).SetArgDisplayNames(name);
}
