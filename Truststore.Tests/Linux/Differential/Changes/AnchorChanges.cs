using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>What is trusted: intermediates and end-entities, with and without partial chains, strangers, restricted anchors.</summary>
internal static class AnchorChanges
{
    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("partial chains", p => p.PartialChain = true),
        new("intermediate is the anchor", p =>
        {
            p.Anchors = [p.Random.Next(Math.Min(1, p.Path.Count - 1), p.Path.Count)];
            p.PartialChain = p.Flip();
        }),
        new("intermediate is an anchor too", p =>
        {
            p.Anchors = [p.Path.Count - 1, p.Random.Next(Math.Min(1, p.Path.Count - 1), p.Path.Count)];
            p.PartialChain = p.Flip();
        }),
        new("end-entity is the anchor", p =>
        {
            p.Anchors = [0];
            p.PartialChain = p.Random.Next(3) > 0;
        }),
        new("anchors are not sent", p =>
        {
            p.Anchors = [.. Enumerable.Range(Math.Min(1, p.Path.Count - 1), Math.Max(1, p.Path.Count - 1))];
            p.Sent = [0];
            p.PartialChain = p.Flip();
        }),
        new("no anchor", p => p.Anchors = []),
        new("stranger is the anchor", p => p.Additions.Add(build =>
        {
            build.Anchors.Clear();
            build.Trust(build.Root("Stranger", 19));
        })),
        new("namesake is the anchor", p => p.Additions.Add(build =>
        {
            build.Anchors.Clear();
            build.Trust(build.Namesake(build.Issued[^1]));
        })),
        new("anchor is trusted for", p => p.Restriction = (p.Pick<string[]>([ExtensionOids.ServerAuthentication], [ExtensionOids.ClientAuthentication], [ExtensionOids.AnyExtendedKeyUsage], [ExtensionOids.ClientAuthentication, ExtensionOids.ServerAuthentication]), null)),
        new("anchor is trusted for what its usages do not allow", p =>
        {
            p.Restriction = ([ExtensionOids.ServerAuthentication], null);
            p.Root.Spec = p.Root.Spec with { ExtendedKeyUsages = p.Flip() ? [ExtensionOids.ClientAuthentication] : p.Root.Spec.ExtendedKeyUsages, KeyUsage = p.Flip() ? X509KeyUsageFlags.CrlSign : null };
        }),
        new("intermediate is trusted for", p =>
        {
            p.Restriction = ([ExtensionOids.ServerAuthentication], null);
            p.Anchors = [p.Random.Next(Math.Min(1, p.Path.Count - 1), p.Path.Count)];
        }),
        new("end-entity is rejected for", p =>
        {
            p.Restriction = (null, [ExtensionOids.ServerAuthentication]);
            p.Anchors = [0];
            p.Additions.Add(build => build.Trust(build.Issued.Count > 1 ? build.Issued[^1] : build.Root("Stranger", 19)));
        }),
        new("only the intermediate below the root is in the store", p =>
        {
            p.Anchors = [Math.Min(1, p.Path.Count - 1), p.Path.Count - 1];
            p.PartialChain = false;
        }),
        new("certificate below the anchor is rejected for", p =>
        {
            p.Restriction = (null, p.Pick<string[]>([ExtensionOids.ServerAuthentication], [ExtensionOids.ClientAuthentication]));
            p.Anchors = [p.Path.Count > 2 ? p.Random.Next(1, p.Path.Count - 1) : 0];
            p.Additions.Add(build =>
            {
                if (build.Issued.Count > 1)
                {
                    build.Trust(build.Issued[^1]);
                }
            });
        }),
        new("anchor is rejected for", p => p.Restriction = (null, p.Pick<string[]>([ExtensionOids.ServerAuthentication], [ExtensionOids.ClientAuthentication], [ExtensionOids.AnyExtendedKeyUsage]))),
        new("end-entity anchor is restricted", p =>
        {
            p.Anchors = [0];
            p.PartialChain = true;
            p.Restriction = p.Flip() ? (p.Pick<string[]>([ExtensionOids.ServerAuthentication], [ExtensionOids.ClientAuthentication]), null) : (null, p.Pick<string[]>([ExtensionOids.ServerAuthentication], [ExtensionOids.ClientAuthentication]));
        }),
    ];
}
