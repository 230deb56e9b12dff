using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Who may issue: basic constraints, path lengths, versions, self-issued CAs.</summary>
internal static class AuthorityChanges
{
    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("CA without the CA bit", p => Spec(p.AnyAuthority(), s => s with { IsCertificateAuthority = false, KeyUsage = p.Pick<X509KeyUsageFlags?>(null, X509KeyUsageFlags.None, X509KeyUsageFlags.KeyCertSign) })),
        new("CA without basic constraints", p => Spec(p.AnyAuthority(), s => s with { OmitBasicConstraints = true, KeyUsage = p.Pick<X509KeyUsageFlags?>(null, X509KeyUsageFlags.None) })),
        new("root without basic constraints", p => Spec(p.Root, s => s with { OmitBasicConstraints = true, KeyUsage = p.Pick<X509KeyUsageFlags?>(null, X509KeyUsageFlags.None) })),
        new("basic constraints not critical", p => Spec(p.AnyAuthority(), s => s with { BasicConstraintsCritical = false })),
        new("path length", p => Spec(p.AnyAuthority(), s => s with { PathLength = p.Random.Next(4) })),
        new("path length as far as it goes", p =>
        {
            for (var i = 1; i < p.Path.Count; i++)
            {
                p.Path[i].Spec = p.Path[i].Spec with { PathLength = i - 1 };
            }
        }),
        new("path length one too short", p =>
        {
            var index = p.Random.Next(Math.Min(2, p.Path.Count - 1), p.Path.Count);
            Spec(p.Path[index], s => s with { PathLength = Math.Max(0, index - 2) });
        }),
        new("path length without the CA bit", p => p.Leaf.Set(BasicConstraints(critical: p.Flip(), authority: false, pathLength: p.Random.Next(2)))),
        new("path length is negative or huge", p => p.AnyAuthority().Set(BasicConstraints(critical: true, authority: true, pathLength: p.Pick(-1, int.MaxValue, int.MinValue)))),
        new("CA bit FALSE is written out", p => p.Leaf.Set(new X509Extension(ExtensionOids.BasicConstraints, [0x30, 0x03, 0x01, 0x01, 0x00], p.Flip()))),
        new("CA bit TRUE is 1", p => p.AnyAuthority().Set(new X509Extension(ExtensionOids.BasicConstraints, [0x30, 0x03, 0x01, 0x01, 0x01], critical: true))),
        new("end-entity is a CA", p => Spec(p.Leaf, s => s with { IsCertificateAuthority = true, KeyUsage = p.Pick<X509KeyUsageFlags?>(null, X509KeyUsageFlags.None, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign) })),
        new("end-entity without basic constraints", p => Spec(p.Leaf, s => s with { OmitBasicConstraints = true })),
        new("version 1", p => ToOldVersion(p.Any(), 0)),
        new("version 2", p => ToOldVersion(p.Any(), 1)),
        new("version 1 root", p => ToOldVersion(p.Root, 0)),
        new("version 1 with extensions", p => p.Any().Edits.Add(f => f.Version = p.Pick(0, 1))),
        new("self-issued CA", InsertSelfIssued),
        new("self-issued CA without key identifiers", p =>
        {
            InsertSelfIssued(p);
            p.Path.ForEach(c => Spec(c, s => s with { OmitAuthorityKeyIdentifier = true, OmitSubjectKeyIdentifier = true }));
        }),
        new("pinned CA that may not sign", p =>
        {
            p.Path.RemoveRange(1, p.Path.Count - 1);
            p.Sent = [0];
            p.Anchors = [0];
            Spec(p.Leaf, s => s with { IsCertificateAuthority = true, KeyUsage = X509KeyUsageFlags.DigitalSignature });
        }),
        new("self-issued end-entity", p =>
        {
            if (p.Path.Count > 1)
            {
                p.Leaf.Spec = p.Leaf.Spec with { Subject = p.Path[1].Spec.Subject, OmitAuthorityKeyIdentifier = p.Flip() };
            }
        }),
    ];

    internal static X509Extension BasicConstraints(bool critical, bool authority, int pathLength) => DerText.SequenceExtension(ExtensionOids.BasicConstraints, critical, w =>
    {
        if (authority)
        {
            w.WriteBoolean(true);
        }

        w.WriteInteger(pathLength);
    });

    private static void Spec(CertificatePlan plan, Func<CertificateSpec, CertificateSpec> change) => plan.Spec = change(plan.Spec);

    private static void ToOldVersion(CertificatePlan plan, int version) => plan.Edits.Add(fields =>
    {
        fields.Version = version;
        fields.Extensions.Clear();
    });

    /// <summary>A CA with a new key, for which its old key vouches (RFC 5280 §3.2); it does not count as part of the path's length.</summary>
    private static void InsertSelfIssued(ChainPlan plan)
    {
        const int firstSlot = 30;
        var index = plan.Random.Next(1, Math.Max(2, plan.Path.Count));
        if (index >= plan.Path.Count)
        {
            return;
        }

        var old = plan.Path[index];
        plan.Path.Insert(index, new CertificatePlan(old.Spec with { Key = KeySpec.P256, OmitAuthorityKeyIdentifier = plan.Flip() }, firstSlot + plan.Path.Count));
        plan.Sent = [.. Enumerable.Range(0, plan.Path.Count - 1)];
        plan.Anchors = [plan.Path.Count - 1];
        if (plan.Flip())
        {
            Spec(old, s => s with { PathLength = index - 1 });
        }
    }
}
