using System.Formats.Asn1;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Hosts, and the names that a certificate has for them.</summary>
internal static class HostChanges
{
    private static readonly string[] s_dns =
    [
        "dns:www.example.com", "dns:WWW.Example.COM", "dns:*.example.com", "dns:*.EXAMPLE.com", "dns:example.com", "dns:*.www.example.com", "dns:*.com", "dns:*", "dns:w*.example.com", "dns:*w.example.com",
        "dns:w*w.example.com", "dns:www.*.com", "dns:www.example.com.", "dns:*.example.com.", "dns:.example.com", "dns:", "dns:www.example.com\0.evil.test", "dns: www.example.com", "dns:www.example.org",
        "dns:www..example.com", "dns:*.*.com", "dns:**.example.com", "dns:*.*.example.com", "uri:https://www.example.com/", "email:www.example.com", "dns:*.xn--bcher-kva.example.com", "other:www.example.com", "dn:CN=www.example.com",
    ];

    private static readonly string[] s_addresses =
    [
        "ip:192.0.2.10", "ip:192.0.2.11", "ip:2001:db8::10", "ip:2001:db8::11", "ip:::ffff:192.0.2.10", "ipraw:C000020A00", "ipraw:", "ipraw:C00002", "dns:192.0.2.10", "dns:2001:db8::10", "dns:*.0.2.10", "ip:192.0.2.10/255.255.255.255", "uri:https://192.0.2.10/",
    ];

    private static readonly string[] s_international =
    [
        "dns:xn--bcher-kva.example.com", "dns:XN--BCHER-KVA.example.com", "dns:*.example.com", "dns:xn--*.example.com", "dns:b\u00FCcher.example.com", "dns:bucher.example.com", "dns:xn--b*-kva.example.com",
    ];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("names of a DNS host", p => SetNames(p, "www.example.com", p.Pick(s_dns))),
        new("more names of a DNS host", p => SetNames(p, "www.example.com", p.Pick(s_dns), p.Pick(s_dns))),
        new("names of an address", p => SetNames(p, p.Pick("192.0.2.10", "2001:db8::10"), p.Pick(s_addresses))),
        new("names of an internationalised host", p => SetNames(p, "bücher.example.com", p.Pick(s_international))),
        new("names of a host with an underscore", p => SetNames(p, "a_b.example.com", p.Pick("dns:a_b.example.com", "dns:*.example.com", "dns:a*.example.com", "dns:a-b.example.com"))),
        new("names of a host below a top-level domain", p => SetNames(p, "example.com", p.Pick("dns:example.com", "dns:*.com", "dns:*.example.com", "dns:*", "dns:.com"))),
        new("names of a deep host", p => SetNames(p, "a.b.example.com", p.Pick("dns:*.b.example.com", "dns:*.example.com", "dns:*.*.example.com", "dns:a.*.example.com", "dns:a.b.example.com"))),
        new("names of a host of one label", p => SetNames(p, "localhost", p.Pick("dns:localhost", "dns:*", "dns:LOCALHOST", "dns:local*"))),
        new("names of a host with a hyphen in front", p => SetNames(p, "-www.example.com", p.Pick("dns:-www.example.com", "dns:*.example.com"))),
        new("name with a trailing period", p => SetNames(p, "www.example.com", p.Pick("dns:www.example.com.", "dns:*.example.com."))),
        new("address of a wrong size beside the name", p => SetNames(p, "www.example.com", "dns:www.example.com", p.Pick("ipraw:C00002", "ipraw:"))),
        new("host in another spelling", p => p.Host = p.Host switch
        {
            "192.0.2.10" => "192.0.2.10.",
            "2001:db8::10" => p.Pick("[2001:db8::10]", "2001:DB8:0:0::10", "2001:db8::10%1"),
            { } host => host.Contains(':', StringComparison.Ordinal) || p.Flip() ? host.ToUpperInvariant() : host.TrimEnd('.') + ".",
            null => "www.example.com",
        }),
        new("another host", p => p.Host = p.Pick("www.example.net", "192.0.2.99", "2001:db8::99", "example.com")),
        new("no host", p => p.Host = null),
        new("common name only", p =>
        {
            p.Leaf.Spec = p.Leaf.Spec with
            {
                Subject = DerText.Name(p.Pick(UniversalTagNumber.UTF8String, UniversalTagNumber.PrintableString), (DerText.Country, "XX"), (DerText.CommonName, p.Host is null or "bücher.example.com" or "a_b.example.com" ? "www.example.com" : p.Host)),
                DnsNames = [],
                IPAddresses = [],
                EmailAddresses = p.Flip() ? ["admin@example.com"] : [],
            };
        }),
        new("common name beside other names", p =>
        {
            p.Leaf.Spec = p.Leaf.Spec with { Subject = DerText.Name(UniversalTagNumber.UTF8String, (DerText.CommonName, p.Host ?? "www.example.com")) };
            SetNames(p, p.Host, p.Pick("dns:other.example.net", "ip:192.0.2.99", "uri:https://www.example.com/", "email:admin@example.com"));
        }),
        new("empty subject", p => p.Leaf.Spec = p.Leaf.Spec with { Subject = null, CommonName = null }),
        new("many names", p => SetNames(p, "www.example.com", [.. Enumerable.Range(0, 200).Select(i => DerText.Text($"dns:h{i}.example.com")), .. p.Flip() ? ["dns:www.example.com"] : Array.Empty<string>()])),
    ];

    private static void SetNames(ChainPlan plan, string? host, params string[] names)
    {
        plan.Host = host;
        plan.Leaf.Set(DerText.AlternativeNames(critical: plan.Flip(), names));
    }
}
