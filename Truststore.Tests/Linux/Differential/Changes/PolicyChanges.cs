using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Certificate policies, and CAs that require them.</summary>
internal static class PolicyChanges
{
    private const string First = "1.3.6.1.4.1.99999.100.1";
    private const string Second = "1.3.6.1.4.1.99999.100.2";
    private const string Third = "1.3.6.1.4.1.99999.100.3";
    private const string Any = "2.5.29.32.0";

    private static readonly string[][] s_policies = [[First], [First], [First, Second], [Second], [Any], [Any, First], [Third]];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("policies", p => Issue(p, missing: 6)),
        new("explicit policy is required", p =>
        {
            Issue(p, missing: 6);
            Require(p, p.Random.Next(4), null);
        }),
        new("policies are mapped", p =>
        {
            Issue(p, missing: 20);
            Require(p, p.Random.Next(2), p.Flip() ? p.Random.Next(3) : null);
            p.AnyAuthority().Set(DerText.PolicyMappings(critical: p.Flip(), (First, p.Pick(Second, Third))));
            p.AnyAuthority().Set(DerText.PolicyMappings(critical: p.Flip(), (p.Pick(First, Second), Third), (First, p.Pick(First, Second))));
        }),
        new("any policy is inhibited", p =>
        {
            Issue(p, missing: 20);
            Require(p, p.Random.Next(2), null);
            p.AnyAuthority().Set(DerText.Extension(ExtensionOids.InhibitAnyPolicy, critical: true, w => w.WriteInteger(p.Random.Next(3))));
        }),
        new("any policy is mapped", p =>
        {
            Issue(p, missing: 20);
            Require(p, 0, null);
            p.AnyAuthority().Set(p.Flip() ? DerText.PolicyMappings(critical: true, (Any, First)) : DerText.PolicyMappings(critical: true, (First, Any)));
        }),
        new("policies are empty", p => p.Any().SetRaw(new X509Extension(p.Pick(ExtensionOids.CertificatePolicies, ExtensionOids.PolicyMappings, ExtensionOids.PolicyConstraints), [0x30, 0x00], critical: true))),
        new("policies are malformed", p => p.Any().SetRaw(new X509Extension(p.Pick(ExtensionOids.CertificatePolicies, ExtensionOids.PolicyMappings), [0x30, 0x05, 0x01], critical: false))),
        new("policy constraints are there twice", p =>
        {
            Require(p, 3, null);
            p.PolicyCheck = p.Flip();
            p.AnyAuthority().Edits.Add(f => f.Append(DerText.PolicyConstraints(critical: true, 3, null)));
        }),
        new("any policy is mapped without policies", p =>
        {
            p.PolicyCheck = true;
            p.AnyAuthority().Set(DerText.PolicyMappings(critical: p.Flip(), (Any, First)));
        }),
        new("mappings are empty beside no policies", p =>
        {
            p.PolicyCheck = true;
            p.AnyAuthority().SetRaw(new X509Extension(ExtensionOids.PolicyMappings, [0x30, 0x00], critical: true));
        }),
        new("end-entity requires a policy", p =>
        {
            Issue(p, missing: 4);
            p.Leaf.Set(DerText.PolicyConstraints(critical: true, p.Random.Next(2), null));
        }),
    ];

    private static void Issue(ChainPlan plan, int missing)
    {
        plan.PolicyCheck = plan.Random.Next(3) > 0;
        foreach (var certificate in plan.Path.Where(_ => plan.Random.Next(missing) > 0))
        {
            certificate.Set(DerText.Policies(critical: plan.Flip(), plan.Pick(s_policies)));
        }
    }

    private static void Require(ChainPlan plan, int? explicitPolicy, int? inhibitMapping) => plan.AnyAuthority().Set(DerText.PolicyConstraints(critical: true, explicitPolicy, inhibitMapping));
}
