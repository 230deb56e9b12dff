using Truststore.Tests.Contract;

namespace Truststore.Tests.Forging;

/// <summary>Revocation lists written by hand, current at <see cref="ContractPki.Now"/>.</summary>
internal static class ForgedList
{
    private static readonly byte[] s_ecdsaWithSha256 = Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2"));

    /// <summary>Issues a list.</summary>
    /// <param name="issuer">The issuer, whose name and key it has.</param>
    /// <param name="scope">The content of an issuing distribution point, or null for a list without one.</param>
    /// <param name="revoked">The certificates that the list names.</param>
    internal static CertificateRevocationList Of(ForgedCertificate issuer, byte[]? scope, params ForgedCertificate[] revoked)
    {
        byte[][] extensions = scope is null ? [] : [ForgedCertificate.Extension("2.5.29.28", isCritical: true, Der.Sequence(scope))];
        return CertificateRevocationList.Parse(issuer.Sign(Der.Sequence(
        [
            Der.Integer(1),
            s_ecdsaWithSha256,
            CertificateInfo.Parse(issuer.Encoded).Subject.RawData.ToArray(),
            Der.UtcTime(ContractPki.Now.AddDays(-1)),
            Der.UtcTime(ContractPki.Now.AddDays(1)),
            .. Entries(revoked),
            Der.Wrapped(0, Der.Sequence([ForgedCertificate.Extension("2.5.29.20", isCritical: false, Der.Integer(1)), .. extensions])),
        ])));
    }

    private static IEnumerable<byte[]> Entries(ForgedCertificate[] revoked)
    {
        var date = Der.UtcTime(ContractPki.Now.AddDays(-1));
        var entries = revoked.Select(certificate => Der.Sequence(SerialNumber(CertificateInfo.Parse(certificate.Encoded)), date)).ToList();
        return entries.Count == 0 ? [] : [Der.Sequence(entries)];
    }

    private static byte[] SerialNumber(CertificateInfo certificate) => Der.Value(0x02, certificate.SerialNumberBytes.Span);
}
