using System.Security.Cryptography.X509Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Key identifiers and serial numbers.</summary>
internal static class IdentifierChanges
{
    private static readonly byte[] s_wrong = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("no authority key identifier", p => Spec(p.Any(), omitAuthority: true, omitSubject: false)),
        new("no subject key identifier", p => Spec(p.Any(), omitAuthority: false, omitSubject: true)),
        new("no key identifiers", p => p.Path.ForEach(c => Spec(c, omitAuthority: true, omitSubject: true))),
        new("wrong authority key identifier", p => p.Any().Set(DerText.AuthorityKeyIdentifier(critical: false, s_wrong, null, null))),
        new("other subject key identifier", p => p.AnyAuthority().Set(new X509SubjectKeyIdentifierExtension(s_wrong, critical: false))),
        new("authority key identifier without key", p => p.Any().Set(DerText.AuthorityKeyIdentifier(critical: false, null, null, null))),
        new("authority key identifier names the issuer", p =>
        {
            var index = p.Random.Next(Math.Max(1, p.Path.Count - 1));
            var issuer = p.Path[Math.Min(index + 1, p.Path.Count - 1)];
            issuer.Spec = issuer.Spec with { SerialNumber = new byte[] { 0x11, 0x22 } };
            var issuersIssuer = p.Path[Math.Min(index + 2, p.Path.Count - 1)].Spec.Subject;
            p.Path[index].Set(DerText.AuthorityKeyIdentifier(critical: false, null, p.Flip() ? issuersIssuer : p.NameOf("Other"), p.Flip() ? [0x11, 0x22] : [0x33]));
        }),
        new("serial number", p =>
        {
            var plan = p.Any();
            plan.Spec = plan.Spec with { SerialNumber = p.Pick<byte[]>([0x00], [0x01], [0x80], [0xFF, 0x00], [.. Enumerable.Repeat((byte)0x7F, 20)], [.. Enumerable.Repeat((byte)0x7F, 21)], [.. Enumerable.Repeat((byte)0x11, 60)]) };
        }),
        new("serial numbers are alike", p => p.Path.ForEach(c => c.Spec = c.Spec with { SerialNumber = new byte[] { 0x42 } })),
    ];

    private static void Spec(CertificatePlan plan, bool omitAuthority, bool omitSubject) =>
        plan.Spec = plan.Spec with { OmitAuthorityKeyIdentifier = omitAuthority || plan.Spec.OmitAuthorityKeyIdentifier, OmitSubjectKeyIdentifier = omitSubject || plan.Spec.OmitSubjectKeyIdentifier };
}
