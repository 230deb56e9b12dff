using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>Certificate policies and their mappings, which make a policy tree explode.</summary>
internal static class PolicyCases
{
    internal static IEnumerable<PathologicalCase> All()
    {
        yield return new("16 CAs that map every policy to every policy", () => Chain(16, 16, Mappings(16, 16)), null);
        yield return new("16 CAs of 250 policies", () => Chain(16, 250), null);
        yield return new("16 CAs of 500 policies and 250 mappings", () => Chain(16, 500, Mappings(250, 1)), FailureReason.PolicyBudgetExceeded);
        yield return new("mesh of 100 policies that breaks at last", Mesh, FailureReason.PolicyViolation);
    }

    private static byte[] Oid(int i) => Der.ObjectIdentifier($"1.3.6.1.4.1.55555.{i}");

    private static byte[] Policies(int count) => Extension("2.5.29.32", isCritical: false, Der.Sequence(Enumerable.Range(0, count).Select(i => Der.Sequence(Oid(i)))));

    private static byte[] RequireExplicitPolicy => Extension("2.5.29.36", isCritical: true, Der.Sequence(Der.Tagged(0, [0])));

    private static byte[][] Mappings(int from, int to) =>
        [Extension("2.5.29.33", isCritical: true, Der.Sequence(Enumerable.Range(0, from).SelectMany(i => Enumerable.Range(0, to).Select(j => Der.Sequence(Oid(i), Oid(j))))))];

    private static ChainVerificationRequest Chain(int length, int policies, params byte[][] more)
    {
        var root = Root("Root");
        List<ForgedCertificate> chain = [];
        var issuer = root;
        for (var i = 0; i < length; i++)
        {
            issuer = issuer.Issue(new ForgedSpec { Subject = Der.CommonName($"Intermediate {i}"), Extensions = [RequireExplicitPolicy, Policies(policies), .. more] });
            chain.Insert(0, issuer);
        }

        return Request([issuer.Issue(ServerSpec() with { Extensions = [Policies(policies)] }), .. chain], root);
    }

    private static ChainVerificationRequest Mesh()
    {
        var root = Root("Root");
        List<ForgedCertificate> above = [root];
        List<ForgedCertificate> all = [];
        for (var level = 0; level < 10; level++)
        {
            var twins = above.SelectMany(issuer => Enumerable.Range(0, 2).Select(_ => issuer.Issue(new ForgedSpec { Subject = Der.CommonName($"Level {level}"), Key = above[0].Key, OmitKeyIdentifiers = true, Extensions = [RequireExplicitPolicy, Policies(100)] }))).Take(3).ToList();
            all.AddRange(twins);
            above = twins;
        }

        return Request([above[0].IssueServer(), .. all], root);
    }
}
