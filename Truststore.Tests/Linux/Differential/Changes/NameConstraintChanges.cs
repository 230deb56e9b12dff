using System.Formats.Asn1;
using System.Net;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Name constraints of every kind, and names of every kind under them.</summary>
internal static class NameConstraintChanges
{
    private static readonly string[] s_dns =
    [
        "dns:example.com", "dns:www.example.com", "dns:.example.com", "dns:EXAMPLE.com", "dns:com", "dns:", "dns:xample.com", "dns:other.test", "dns:deep.www.example.com",
        "dns:org", "dns:.www.example.com", "dns:*.example.com", "dns:example.com.", "dns:exa mple.com",
    ];

    private static readonly string[] s_addresses =
    [
        "ip:192.0.2.0/255.255.255.0", "ip:192.0.2.10/255.255.255.255", "ip:10.0.0.0/255.0.0.0", "ip:192.0.2.11/255.255.255.0", "ip:0.0.0.0/0.0.0.0", "ip:192.0.0.10/255.255.0.255",
        "ip:2001:db8::/ffff:ffff::", "ip:2001:db9::/ffff:ffff::", "ip:::/::", "ipraw:C00002", "ipraw:C000020AFFFFFFFF00",
    ];

    private static readonly string[] s_directories = ["dn:C=XX", "dn:C=XX,O=Example", "dn:C=XX,O=EXAMPLE", "dn:O=Example", "dn:C=YY", "dn:", "dn:C=XX,O=Exam ple", "dn:C=XX,O=Other"];

    private static readonly string[] s_others = ["email:example.com", "email:.example.com", "email:admin@example.com", "email:other.test", "uri:example.com", "uri:.example.com", "uri:other.test", "rid:1.2.3", "other:name"];

    private static readonly string[] s_names =
    [
        "email:admin@example.com", "email:Admin@EXAMPLE.com", "email:user@mail.example.com", "email:no-at-sign", "uri:https://www.example.com/path", "uri:https://192.0.2.1/", "uri:urn:x", "dn:C=XX,O=Example,CN=other",
        "dn:C=YY,CN=other", "rid:1.2.3.4", "other:name", "dns:*.example.com", "dns:www.other.test", "dns:bad name.example.com", "ip:192.0.2.10", "ip:10.1.2.3", "ipraw:C00002", "ip:2001:db8::10",
    ];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("permitted subtree", p => Constrain(p, [PickFor(p)], [])),
        new("excluded subtree", p => Constrain(p, [], [PickFor(p)])),
        new("subtrees", p => Constrain(p, [PickFor(p), PickFor(p)], [PickFor(p)])),
        new("permitted subtree of any kind", p => Constrain(p, [PickAny(p)], [])),
        new("excluded subtree of any kind", p => Constrain(p, [], [PickAny(p)])),
        new("names under a permitted subtree", p =>
        {
            Name(p, p.Pick(s_names), p.Pick(s_names));
            Constrain(p, [PickAny(p), PickFor(p)], []);
        }),
        new("names beside an excluded subtree", p =>
        {
            Name(p, p.Pick(s_names));
            Constrain(p, [], [PickAny(p), PickAny(p)]);
        }),
        new("e-mail address under a subtree", p =>
        {
            Name(p, p.Pick("email:admin@example.com", "email:Admin@EXAMPLE.com", "email:user@mail.example.com", "email:no-at-sign"));
            Constrain(p, p.Flip() ? [p.Pick(s_others[..4])] : [], [p.Pick(s_others[..4])]);
        }),
        new("URI under a subtree", p =>
        {
            Name(p, p.Pick("uri:https://www.example.com/path", "uri:https://example.com:8443/", "uri:https://192.0.2.1/", "uri:urn:x", "uri:https://user@www.example.com"));
            Constrain(p, [p.Pick(s_others[4..7])], []);
        }),
        new("wildcard under a subtree", p =>
        {
            Name(p, "dns:*.example.com");
            Constrain(p, p.Flip() ? [p.Pick(s_dns)] : [], [p.Pick(s_dns)]);
        }),
        new("wildcard beside an excluded host", p =>
        {
            Name(p, "dns:*.example.com");
            Constrain(p, [], [p.Pick("dns:www.example.com", "dns:mail.example.com", "dns:.www.example.com")]);
        }),
        new("malformed name under a subtree", p =>
        {
            Name(p, p.Pick("dns:bad name.example.com", "dns:w*.example.com", "dns:.example.com", "dns:example.com."));
            Constrain(p, p.Flip() ? [p.Pick("dns:example.com", "dns:")] : [], ["dns:other.test"]);
        }),
        new("subtree of the subject", p => Constrain(p, p.Flip() ? [p.Pick(s_directories)] : [], [p.Pick(s_directories)])),
        new("subtrees of two CAs", p =>
        {
            Constrain(p, [PickFor(p)], []);
            Constrain(p, [PickFor(p)], []);
        }),
        new("subtree that is not critical", p => p.AnyAuthority().Set(DerText.NameConstraints(critical: false, [PickFor(p)], []))),
        new("subtree of the end-entity", p => p.Leaf.Set(DerText.NameConstraints(critical: p.Flip(), [PickFor(p)], []))),
        new("subtree of the root", p => p.Root.Set(DerText.NameConstraints(critical: true, [PickFor(p)], p.Flip() ? [] : [PickFor(p)]))),
        new("subtree with a minimum or maximum", p => p.AnyAuthority().Set(Bounded(p.Random.Next(3), p.Flip() ? 0 : null))),
        new("common name under a subtree", p =>
        {
            p.Leaf.Spec = p.Leaf.Spec with
            {
                DnsNames = [],
                IPAddresses = p.Flip() ? ["192.0.2.77"] : [],
                Subject = DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "XX"), (DerText.Organization, "Example"), (DerText.CommonName, p.Pick("www.example.com", "www.other.test", "Some Server"))),
            };
            p.Host = null;
            Constrain(p, p.Flip() ? [p.Pick(s_dns[..8])] : [], [p.Pick(s_dns[..8])]);
        }),
        new("e-mail address in the subject", p =>
        {
            p.Leaf.Spec = p.Leaf.Spec with { Subject = DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "XX"), (DerText.CommonName, "Server"), (DerText.EmailAddress, p.Pick("admin@example.com", "admin@other.test"))) };
            if (p.Flip())
            {
                p.Leaf.Spec = p.Leaf.Spec with { DnsNames = [], IPAddresses = [] };
                p.Host = null;
            }

            Constrain(p, [p.Pick(s_others[..4])], []);
        }),
        new("empty subject under a subtree", p =>
        {
            p.Leaf.Spec = p.Leaf.Spec with { Subject = null, CommonName = null };
            Constrain(p, [p.Pick(s_directories)], p.Flip() ? [] : [p.Pick(s_directories)]);
        }),
    ];

    private static string PickAny(ChainPlan plan) => plan.Pick(plan.Pick(s_dns, s_addresses, s_directories, s_others));

    /// <summary>A subtree of the kind of name that the chain is checked for.</summary>
    private static string PickFor(ChainPlan plan) => plan.Pick(IPAddress.TryParse(plan.Host, out _) ? s_addresses : s_dns);

    private static void Constrain(ChainPlan plan, IReadOnlyList<string> permitted, IReadOnlyList<string> excluded) =>
        plan.AnyAuthority().Set(DerText.NameConstraints(critical: true, permitted, excluded));

    /// <summary>Adds alternative names to the end-entity certificate's.</summary>
    private static void Name(ChainPlan plan, params string[] names)
    {
        var own = plan.Leaf.Spec.DnsNames.Select(n => $"dns:{new System.Globalization.IdnMapping().GetAscii(n)}").Concat(plan.Leaf.Spec.IPAddresses.Select(a => $"ip:{a}"));
        plan.Leaf.Set(DerText.AlternativeNames(critical: false, [.. own, .. names]));
    }

    /// <summary>RFC 5280 §4.2.1.10: minimum is 0 and maximum is absent.</summary>
    private static System.Security.Cryptography.X509Certificates.X509Extension Bounded(int minimum, int? maximum) => DerText.SequenceExtension(ExtensionOids.NameConstraints, critical: true, w =>
    {
        using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)))
        using (w.PushSequence())
        {
            DerText.WriteGeneralName(w, "dns:example.com");
            if (minimum > 0)
            {
                w.WriteInteger(minimum, new Asn1Tag(TagClass.ContextSpecific, 0));
            }

            if (maximum is { } value)
            {
                w.WriteInteger(value, new Asn1Tag(TagClass.ContextSpecific, 1));
            }
        }
    });
}
