using System.Security.Cryptography;
using Truststore.Cli.Demo;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;
using Truststore.Tests.Linux.Conformance;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Sound certificates and revocation lists: the system's, the conformance data's where it is there, and some with every extension that is read.</summary>
internal static class FuzzSeeds
{
    private const int MostOfConformanceData = 500;

    private static readonly Lazy<IReadOnlyList<FuzzSeed>> s_certificates = new(() => [.. OwnCertificates().Concat(SystemCertificates()).Concat(ConformanceCertificates()).Select(der => new FuzzSeed(der))]);
    private static readonly Lazy<IReadOnlyList<FuzzSeed>> s_revocationLists = new(() => [.. OwnRevocationLists().Concat(ConformanceRevocationLists()).Select(der => new FuzzSeed(der))]);

    internal static IReadOnlyList<FuzzSeed> Certificates => s_certificates.Value;

    internal static IReadOnlyList<FuzzSeed> RevocationLists => s_revocationLists.Value;

    /// <summary>Decodes a PEM block.</summary>
    internal static byte[] Decode(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    private static IEnumerable<byte[]> OwnCertificates()
    {
        var pki = ContractPki.Instance;
        using var rsa = new ThrowAwayCa(ContractPki.Now, "RSA", KeySpec.Rsa(2048));
        return [.. rsa.IssueServer("www.example.com").Path.Concat(pki.Server.Path).Select(c => c.Der.ToArray()), ForgedCertificate.Root(EveryExtension()).Encoded];
    }

    private static ForgedSpec EveryExtension()
    {
        var directoryName = Der.Wrapped(4, Der.Name(("2.5.4.6", "XX"), ("2.5.4.10", "Example"), ("1.2.840.113549.1.9.1", "x@example.com")));
        byte[][] names = [Der.Tagged(2, "*.example.com"u8), Der.Tagged(7, [192, 0, 2, 1]), Der.Tagged(1, "x@example.com"u8), Der.Tagged(6, "https://example.com/x"u8), directoryName, Der.Tagged(8, [0x2B, 6, 1]), Der.Wrapped(0, Der.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), Der.Wrapped(0, Der.Utf8("x")))];
        var subtrees = names.Select(name => Der.Sequence(name)).Append(Der.Sequence(Der.Tagged(7, [10, 0, 0, 0, 255, 0, 0, 0])));
        var policy = Der.ObjectIdentifier("1.3.6.1.4.1.55555.1");
        return new ForgedSpec
        {
            Subject = Der.Sequence(Der.Set(Der.Sequence(Der.ObjectIdentifier("2.5.4.3"), Der.Value(0x1E, [0, 65, 4, 32])), Der.Sequence(Der.ObjectIdentifier("2.5.4.10"), Der.Value(0x14, [0xE4, 0x41])))),
            AlternativeNames = names,
            Extensions =
            [
                ForgedCertificate.Extension("2.5.29.37", isCritical: false, Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.3.1"))),
                ForgedCertificate.Extension("2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(0, subtrees), Der.Wrapped(1, subtrees))),
                ForgedCertificate.Extension("2.5.29.32", isCritical: false, Der.Sequence(Der.Sequence(policy), Der.Sequence(Der.ObjectIdentifier("2.5.29.32.0"), Der.Sequence(Der.Sequence(policy, Der.Value(0x16, "https://example.com"u8)))))),
                ForgedCertificate.Extension("2.5.29.33", isCritical: true, Der.Sequence(Der.Sequence(policy, Der.ObjectIdentifier("1.3.6.1.4.1.55555.2")))),
                ForgedCertificate.Extension("2.5.29.36", isCritical: true, Der.Sequence(Der.Tagged(0, [0]), Der.Tagged(1, [1]))),
                ForgedCertificate.Extension("2.5.29.54", isCritical: true, Der.Integer(1)),
                ForgedCertificate.Extension("2.5.29.31", isCritical: false, Der.Sequence(Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, names)), Der.Tagged(1, [1, 6]), Der.Wrapped(2, directoryName)))),
                ForgedCertificate.Extension("1.3.6.1.5.5.7.1.1", isCritical: false, Der.Sequence(Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.1"), names[3]), Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.2"), names[3]))),
            ],
        };
    }

    /// <summary>The distribution's anchors, where there is its bundle.</summary>
    private static IEnumerable<byte[]> SystemCertificates()
    {
        const string bundle = "/etc/ssl/certs/ca-certificates.crt";
        var text = File.Exists(bundle) ? File.ReadAllText(bundle) : string.Empty;
        return text.Split("-----BEGIN CERTIFICATE-----", StringSplitOptions.RemoveEmptyEntries).Select(block => Decode("-----BEGIN CERTIFICATE-----" + block));
    }

    private static IEnumerable<byte[]> ConformanceCertificates()
    {
        var certificates = LimboData.CasesOrNone.SelectMany(c => c.UntrustedIntermediates.Append(c.PeerCertificate).Concat(c.TrustedCerts)).Distinct(StringComparer.Ordinal).ToArray();
        new Random(1).Shuffle(certificates);
        return certificates.Select(Decode).Where(der => der.Length < 4096).Take(MostOfConformanceData);
    }

    private static IEnumerable<byte[]> ConformanceRevocationLists() =>
        LimboData.CasesOrNone.SelectMany(c => c.Crls ?? []).Distinct(StringComparer.Ordinal).Select(Decode);

    private static IEnumerable<byte[]> OwnRevocationLists()
    {
        var pki = ContractPki.Instance;
        yield return pki.Ca.Intermediate.CreateRevocationList(ContractPki.Now, ContractPki.Now.AddDays(1));
        yield return pki.Ca.Intermediate.CreateRevocationList(ContractPki.Now, ContractPki.Now.AddDays(1), pki.Server, pki.Ca.Intermediate);
        yield return EveryListExtension();
    }

    private static byte[] EveryListExtension()
    {
        var algorithm = Der.Sequence(Der.ObjectIdentifier("1.2.840.113549.1.1.11"), [5, 0]);
        var date = Der.UtcTime(ContractPki.Now);
        var reason = Der.Sequence(ForgedCertificate.Extension("2.5.29.21", isCritical: false, [0x0A, 1, 1]));
        byte[][] extensions =
        [
            ForgedCertificate.Extension("2.5.29.20", isCritical: false, Der.Integer(7)),
            ForgedCertificate.Extension("2.5.29.27", isCritical: true, Der.Integer(6)),
            ForgedCertificate.Extension("2.5.29.28", isCritical: true, Der.Sequence(Der.Wrapped(0, Der.Wrapped(0, Der.Tagged(6, "http://x"u8))), Der.Tagged(1, [0xFF]), Der.Tagged(4, [0xFF]))),
            ForgedCertificate.Extension("2.5.29.35", isCritical: false, Der.Sequence(Der.Tagged(0, [1, 2, 3]))),
        ];
        var tbs = Der.Sequence(Der.Integer(1), algorithm, Der.CommonName("Issuer"), date, date, Der.Sequence(Der.Sequence(Der.Integer(5), date, reason), Der.Sequence(Der.Integer(6), date)), Der.Wrapped(0, Der.Sequence(extensions)));
        return Der.Sequence(tbs, algorithm, Der.BitString(new byte[256]));
    }
}
