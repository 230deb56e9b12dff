using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>A chain that is to be generated: a good one at first, which <see cref="ChainChange"/>s spoil or vary. All its randomness follows from its number.</summary>
internal sealed class ChainPlan
{
    internal static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly KeySpec[] s_keys = [.. Enumerable.Repeat(KeySpec.P256, 20), KeySpec.P384, KeySpec.P521, KeyRing.Rsa2048, KeyRing.Rsa2048];
    private static readonly int[] s_lengths = [1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5];
    private static readonly string[] s_hosts = ["www.example.com", "www.example.com", "www.example.com", "www.example.com", "mail.example.org", "192.0.2.10", "2001:db8::10", "bücher.example.com", "a_b.example.com"];

    internal ChainPlan(int number)
    {
        const int seed = 5280;
        Number = number;
        Random = new Random(HashSeed(seed, number));
        Host = Pick(s_hosts);
        var length = Pick(s_lengths);
        Path = [.. Enumerable.Range(0, length).Select(i => new CertificatePlan(SpecOf(i, length), i))];
        Sent = [.. Enumerable.Range(0, Math.Max(1, length - 1))];
        Anchors = [length - 1];
        AuthLevel = Random.Next(2) * 2;
    }

    internal int Number { get; }

    internal Random Random { get; }

    /// <summary>End-entity to root.</summary>
    internal List<CertificatePlan> Path { get; }

    /// <summary>The name of the peer; null when none is checked.</summary>
    internal string? Host { get; set; }

    /// <summary>The certificates of the path that the peer sends, as indexes; the end-entity certificate stays first.</summary>
    internal List<int> Sent { get; set; }

    /// <summary>The certificates of the path that are trust anchors, as indexes.</summary>
    internal List<int> Anchors { get; set; }

    /// <summary>The usages that the anchors are trusted and rejected for, where they are restricted.</summary>
    internal (IReadOnlyList<string>? Trusted, IReadOnlyList<string>? Rejected) Restriction { get; set; }

    internal bool PartialChain { get; set; }

    /// <summary>Whether OpenSSL is told to look at certificate policies.</summary>
    internal bool PolicyCheck { get; set; }

    /// <summary>The security level of OpenSSL: 0 lets any key pass, 2 wants 112 bits.</summary>
    internal int AuthLevel { get; set; }

    /// <summary>What is done when all certificates are there.</summary>
    internal List<Action<ChainBuild>> Additions { get; } = [];

    /// <summary>The names of the changes that were made.</summary>
    internal List<string> Changes { get; } = [];

    internal CertificatePlan Leaf => Path[0];

    internal CertificatePlan Root => Path[^1];

    internal T Pick<T>(params IReadOnlyList<T> items) => items[Random.Next(items.Count)];

    internal bool Flip() => Random.Next(2) == 0;

    /// <summary>Any certificate of the path.</summary>
    internal CertificatePlan Any() => Pick(Path);

    /// <summary>Any certificate that issued another one.</summary>
    internal CertificatePlan AnyAuthority() => Path[Math.Min(Path.Count - 1, Random.Next(1, Math.Max(2, Path.Count)))];

    /// <summary>Any certificate that another one issued.</summary>
    internal CertificatePlan AnyIssued() => Path[Random.Next(Math.Max(1, Path.Count - 1))];

    /// <summary>A name that no certificate of another chain has.</summary>
    internal X500DistinguishedName NameOf(string commonName) =>
        DerText.Name(UniversalTagNumber.UTF8String, (DerText.Country, "XX"), (DerText.Organization, "Example"), (DerText.CommonName, $"{commonName} {Number}"));

    private CertificateSpec SpecOf(int index, int length) => index > 0 || (length == 1 && Flip())
        ? CertificateSpec.Authority("CA", Now.AddYears(-1 - index), Now.AddYears(1 + index)) with
        {
            Subject = NameOf($"CA {index}"),
            Key = Pick(s_keys),
            ExtendedKeyUsages = [],
            KeyUsage = index == 0 ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign : null,
            DnsNames = index == 0 ? [HostName] : [],
        }
        : new CertificateSpec
        {
            NotBefore = Now.AddDays(-30),
            NotAfter = Now.AddDays(60),
            Subject = NameOf("Server"),
            Key = Pick(s_keys),
            ExtendedKeyUsages = [ExtensionOids.ServerAuthentication],
            DnsNames = IsAddress ? [] : [HostName],
            IPAddresses = IsAddress ? [HostName] : [],
        };

    private bool IsAddress => System.Net.IPAddress.TryParse(Host, out _);

    private string HostName => Host!;

    // Adjacent seeds make alike sequences.
    private static int HashSeed(int seed, int number) => unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)number * 2246822519u)));
}
