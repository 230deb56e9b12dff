using System.Security.Cryptography;
using Truststore.Tests.Contract;
using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>Revocation lists, large and many. A program gives them, not a peer; all the same a handshake must not wait for them.</summary>
internal static class RevocationCases
{
    private static readonly byte[] s_ecdsaWithSha256 = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2"));
    private static readonly ForgedCertificate s_root = Root("Root");

    internal static IEnumerable<PathologicalCase> All()
    {
        yield return Case("list of 100,000 entries", () => [List(s_root.Key, 100_000)], null);
        yield return Case("1,000 lists of the issuer, none of them signed by it", () => Repeat(1000, List(Root("Root").Key, 1)), FailureReason.SignatureBudgetExceeded);
        yield return Case("1,000 lists of other issuers", () => Repeat(1000, List(s_root.Key, 1, "Other")), FailureReason.RevocationStatusUnknown);
    }

    private static PathologicalCase Case(string name, Func<IEnumerable<byte[]>> lists, FailureReason? expected) => new(
        name,
        () => Request([s_root.IssueServer()], s_root) with { VerifyFlags = TlsVerifyFlags.CrlCheckLeaf, RevocationLists = [.. lists().Select(list => CertificateRevocationList.Parse(list))] },
        expected);

    private static IEnumerable<byte[]> Repeat(int count, byte[] list) => Enumerable.Repeat(list, count);

    private static byte[] List(ECDsa key, int entries, string issuer = "Root")
    {
        var date = Der.UtcTime(ContractPki.Now.AddDays(-1));
        var tbs = Der.Sequence(
            Der.Integer(1),
            s_ecdsaWithSha256,
            Der.CommonName(issuer),
            date,
            Der.UtcTime(ContractPki.Now.AddDays(1)),
            Der.Sequence(Enumerable.Range(1_000_000, entries).Select(i => Der.Sequence(Der.Integer(i), date))),
            Der.Wrapped(0, Der.Sequence(Extension("2.5.29.20", isCritical: false, Der.Integer(1)))));
        return Der.Sequence(tbs, s_ecdsaWithSha256, Der.BitString(key.SignData(tbs, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }
}
