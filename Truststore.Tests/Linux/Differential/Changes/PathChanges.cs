using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>What the peer sends, and in which order; more ways than one to an anchor.</summary>
internal static class PathChanges
{
    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("reversed order", p => p.Sent = [0, .. p.Sent.Skip(1).Reverse()]),
        new("shuffled with duplicates", p => p.Sent = [0, .. p.Sent.Concat(p.Sent).OrderBy(_ => p.Random.Next())]),
        new("root is sent too", p => p.Sent = [.. Enumerable.Range(0, p.Path.Count)]),
        new("missing intermediate", p =>
        {
            if (p.Sent.Count > 1)
            {
                p.Sent.RemoveAt(p.Random.Next(1, p.Sent.Count));
            }
        }),
        new("intermediates are not sent", p => p.Sent = [0]),
        new("superfluous certificates", p => p.Additions.Add(build =>
        {
            for (var i = 0; i < 3; i++)
            {
                var stranger = build.Root(DerText.Text($"Stranger {i}"), 15 + i);
                build.Peer.Insert(p.Random.Next(1, build.Peer.Count + 1), stranger.Der);
            }
        })),
        new("superfluous bytes", p => p.Additions.Add(build => build.Peer.Insert(p.Random.Next(1, build.Peer.Count + 1), new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 }))),
        new("cross-signed by a stranger", p => p.Additions.Add(build => CrossSign(build, trusted: false, static s => s))),
        new("cross-signed by another anchor", p => p.Additions.Add(build => CrossSign(build, trusted: true, static s => s))),
        new("cross-signed only way", p => p.Additions.Add(build =>
        {
            build.Anchors.Clear();
            CrossSign(build, trusted: true, static s => s);
        })),
        new("expired twin", p => AddTwin(p, s => s with { NotBefore = ChainPlan.Now.AddDays(-9), NotAfter = ChainPlan.Now.AddDays(-8) })),
        new("future twin", p => AddTwin(p, s => s with { NotBefore = ChainPlan.Now.AddDays(8), NotAfter = ChainPlan.Now.AddDays(9) })),
        new("twin without the CA bit", p => AddTwin(p, static s => s with { IsCertificateAuthority = false })),
        new("twin for clients", p => AddTwin(p, static s => s with { ExtendedKeyUsages = [ExtensionOids.ClientAuthentication] })),
        new("constrained twin", p => AddTwin(p, static s => s with { NameConstraints = DerText.NameConstraints(critical: true, ["dns:other.test", "ip:10.0.0.0/255.0.0.0"], []).RawData })),
        new("twin with path length 0", p => AddTwin(p, static s => s with { PathLength = 0 })),
        new("twin with an unknown critical extension", p => AddTwin(p, static s => s with { ExtraExtensions = [new X509Extension("1.3.6.1.4.1.99999.1", [0x05, 0x00], critical: true)] })),
        new("namesake with another key", p => p.Additions.Add(build =>
        {
            var index = p.Random.Next(1, Math.Max(2, p.Path.Count));
            if (index < p.Path.Count)
            {
                build.Peer.Insert(1, build.Namesake(build.Issued[index]).Der);
            }
        })),
        new("namesake without key identifiers", p =>
        {
            p.Path.ForEach(c => c.Spec = c.Spec with { OmitSubjectKeyIdentifier = true, OmitAuthorityKeyIdentifier = true });
            p.Additions.Add(build => build.Peer.Insert(1, build.Namesake(build.Issued[Math.Min(1, build.Issued.Count - 1)]).Der));
        }),
        new("anchor's namesake is an anchor", p => p.Additions.Add(build => build.Trust(build.Namesake(build.Issued[^1]), p.Random.Next(build.Anchors.Count + 1)))),
        new("issuer in another spelling", p =>
        {
            var index = p.Path.Count - 1;
            var other = p.Pick(
                DerText.Name(UniversalTagNumber.PrintableString, (DerText.Country, "XX"), (DerText.Organization, "Example"), (DerText.CommonName, DerText.Text($"CA {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "xx"), (DerText.Organization, "EXAMPLE"), (DerText.CommonName, DerText.Text($"ca {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.BMPString, (DerText.Country, "XX"), (DerText.Organization, "Example"), (DerText.CommonName, DerText.Text($"CA {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.T61String, (DerText.Country, "XX"), (DerText.Organization, "Example"), (DerText.CommonName, DerText.Text($"CA {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "XX"), (DerText.Organization, " Example  "), (DerText.CommonName, DerText.Text($"CA  {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.UTF8String, (DerText.Organization, "Example"), (DerText.Country, "XX"), (DerText.CommonName, DerText.Text($"CA {index} {p.Number}"))),
                DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "XX"), (DerText.Organization, "Exam ple"), (DerText.CommonName, DerText.Text($"CA {index} {p.Number}"))));
            if (index > 0)
            {
                p.Root.Edits.Add(f =>
                {
                    f.Subject = other.RawData;
                    f.Issuer = other.RawData;
                });
            }
        }),
        new("loop of CAs", p => p.Additions.Add(build =>
        {
            if (build.Issued.Count > 2)
            {
                build.Peer.Add(build.Issued[1].CrossSign(build.Issued[^1]).Der);
                build.Peer.Add(build.Issued[^1].CrossSign(build.Issued[^1]).Der);
            }
        })),
        new("issued by the end-entity's like", p =>
        {
            if (p.Path.Count > 2)
            {
                p.Path[1].Spec = p.Path[1].Spec with { IsCertificateAuthority = false, KeyUsage = X509KeyUsageFlags.DigitalSignature, ExtendedKeyUsages = [ExtensionOids.ServerAuthentication] };
            }
        }),
    ];

    /// <summary>Adds a second certificate of one of the CAs, by a root that is an anchor or not.</summary>
    private static void CrossSign(ChainBuild build, bool trusted, Func<CertificateSpec, CertificateSpec> change)
    {
        const int slot = 18;
        var index = build.Plan.Random.Next(1, Math.Max(2, build.Issued.Count));
        if (index >= build.Issued.Count)
        {
            return;
        }

        var root = build.Root("Other Root", slot);
        var crossed = root.CrossSign(build.Issued[index], change(build.Issued[index].Spec));
        build.Peer.Insert(build.Plan.Random.Next(1, build.Peer.Count + 1), crossed.Der);
        if (trusted)
        {
            build.Trust(root, build.Anchors.Count);
        }
    }

    /// <summary>Adds a second certificate of one of the CAs, by the same issuer and with something wrong, before or after the good one.</summary>
    private static void AddTwin(ChainPlan plan, Func<CertificateSpec, CertificateSpec> spoil) => plan.Additions.Add(build =>
    {
        var index = plan.Random.Next(1, Math.Max(2, build.Issued.Count));
        if (index >= build.Issued.Count)
        {
            return;
        }

        var isAnchor = index == build.Issued.Count - 1;
        var twin = isAnchor ? build.Issued[index].Renew(spoil(build.Issued[index].Spec)) : build.Issued[index + 1].CrossSign(build.Issued[index], spoil(build.Issued[index].Spec));
        if (isAnchor)
        {
            build.Trust(twin, plan.Random.Next(2) * build.Anchors.Count);
        }
        else
        {
            build.Peer.Insert(plan.Flip() ? 1 : build.Peer.Count, twin.Der);
        }
    });
}
