using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Issues the certificates of a plan.</summary>
internal sealed class ChainBuild
{
    private readonly GeneratedCertificate[] _issued;

    private ChainBuild(ChainPlan plan, KeyRing keys)
    {
        Plan = plan;
        Keys = keys;
        _issued = new GeneratedCertificate[plan.Path.Count];
        for (var i = plan.Path.Count - 1; i >= 0; i--)
        {
            _issued[i] = Issue(i);
        }

        Peer = [.. plan.Sent.Select(i => _issued[i].Der)];
        Anchors = [.. plan.Anchors.Select(i => new CaseAnchor(_issued[i].Der, plan.Restriction.Trusted, plan.Restriction.Rejected))];
        foreach (var addition in plan.Additions)
        {
            addition(this);
        }
    }

    internal ChainPlan Plan { get; }

    internal KeyRing Keys { get; }

    /// <summary>The certificates of the path.</summary>
    internal IReadOnlyList<GeneratedCertificate> Issued => _issued;

    /// <summary>What the peer sends.</summary>
    internal List<ReadOnlyMemory<byte>> Peer { get; }

    /// <summary>What is trusted.</summary>
    internal List<CaseAnchor> Anchors { get; }

    internal static DifferentialCase Run(ChainPlan plan, KeyRing keys)
    {
        var build = new ChainBuild(plan, keys);
        return new DifferentialCase(plan, build.Peer, build.Anchors);
    }

    /// <summary>A CA that has the name of another but not its key.</summary>
    internal GeneratedCertificate Namesake(GeneratedCertificate other)
    {
        const int slot = 20;
        return GeneratedCertificate.SelfSigned(other.Spec, Keys.Get(other.Spec.Key, slot));
    }

    /// <summary>Adds a trust anchor without restrictions, unless it is one already.</summary>
    internal void Trust(GeneratedCertificate certificate, int position = 0)
    {
        if (!Anchors.Exists(a => a.Der.Span.SequenceEqual(certificate.Der.Span)))
        {
            Anchors.Insert(position, new CaseAnchor(certificate.Der));
        }
    }

    /// <summary>A root that has nothing to do with the chain.</summary>
    internal GeneratedCertificate Root(string name, int keySlot) => GeneratedCertificate.SelfSigned(
        CertificateSpec.Authority(name, ChainPlan.Now.AddYears(-1), ChainPlan.Now.AddYears(1)) with { Subject = Plan.NameOf(name) }, Keys.Get(KeySpec.P256, keySlot));

    private GeneratedCertificate Issue(int index)
    {
        var plan = Plan.Path[index];
        var key = Keys.Get(plan.Spec.Key, plan.KeySlot);
        var issuer = index == Plan.Path.Count - 1 ? null : _issued[index + 1];
        if (plan.IsSignedByStranger)
        {
            issuer = Namesake(issuer ?? GeneratedCertificate.SelfSigned(plan.Spec, key));
        }

        var issued = issuer?.Issue(plan.Spec, key) ?? GeneratedCertificate.SelfSigned(plan.Spec, key);
        var encoded = plan.Edits.Count == 0
            ? issued.Der
            : TbsFields.Change(issued.Der, fields => plan.Edits.ForEach(edit => edit(fields)), issuer ?? issued, plan.Spec.Hash, plan.Spec.UsePss);
        return issued with { Der = plan.Damage?.Invoke(encoded.ToArray()) ?? encoded };
    }
}
