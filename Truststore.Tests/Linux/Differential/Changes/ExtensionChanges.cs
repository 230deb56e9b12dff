using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Extensions that are unknown, critical where they need not be, malformed, or there twice.</summary>
internal static class ExtensionChanges
{
    private static readonly X509Extension[] s_unknown = [new("1.3.6.1.4.1.99999.1", [0x05, 0x00], critical: false), new("2.5.29.9", [0x30, 0x00], critical: false), new("1.3.6.1.5.5.7.1.24", [0x30, 0x03, 0x02, 0x01, 0x05], critical: false)];

    /// <summary>Extensions that this library takes to be harmless where they are critical, well-formed.</summary>
    private static readonly X509Extension[] s_known =
    [
        DerText.AlternativeNames(critical: true, "uri:http://ca.example.com/") is var names ? new X509Extension(ExtensionOids.IssuerAlternativeName, names.RawData, critical: true) : null!,
        new(ExtensionOids.AuthorityInformationAccess, Access, critical: true),
        new(ExtensionOids.CrlDistributionPoints, DistributionPoints, critical: true),
        new(ExtensionOids.FreshestCrl, DistributionPoints, critical: true),
        DerText.Policies(critical: true, "2.23.140.1.2.1"),
        new("1.3.6.1.5.5.7.48.1.5", [0x05, 0x00], critical: true),
        new(ExtensionOids.PrecertificatePoison, [0x05, 0x00], critical: true),
        new(ExtensionOids.TlsFeature, [0x30, 0x03, 0x02, 0x01, 0x05], critical: true),
    ];

    private static readonly string[] s_decoded =
    [
        ExtensionOids.BasicConstraints, ExtensionOids.KeyUsage, ExtensionOids.ExtendedKeyUsage, ExtensionOids.SubjectAlternativeName, ExtensionOids.NameConstraints,
        ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.AuthorityInformationAccess, ExtensionOids.CrlDistributionPoints, ExtensionOids.CertificatePolicies,
        ExtensionOids.PolicyConstraints, ExtensionOids.PolicyMappings, ExtensionOids.InhibitAnyPolicy,
    ];

    private static byte[] Access => [0x30, 0x1F, 0x30, 0x1D, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x86, 0x11, .. "http://ocsp.test/"u8];

    private static byte[] DistributionPoints => [0x30, 0x16, 0x30, 0x14, 0xA0, 0x12, 0xA0, 0x10, 0x86, 0x0E, .. "http://c.test/"u8];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("unknown critical extension", p => p.Any().Set(With(p.Pick(s_unknown), critical: true))),
        new("unknown extension", p => p.Any().Set(p.Pick(s_unknown))),
        new("known extension is critical", p => p.Any().Set(p.Pick(s_known))),
        new("key identifiers are critical", p => p.Any().Edits.Add(f => MakeCritical(f, p.Pick<byte>(0x0E, 0x23)))),
        new("malformed extension", p => p.Any().SetRaw(new X509Extension(p.Pick(s_decoded), p.Pick<byte[]>([], [0x30, 0x05, 0x01], [0x04, 0x01, 0x00, 0x00], [0x02, 0x01, 0x05], [0x30, 0x02, 0x05, 0x00]), p.Flip()))),
        new("empty extension", p => p.Any().SetRaw(new X509Extension(p.Pick(s_decoded), [0x30, 0x00], p.Flip()))),
        new("critical distribution points are empty", p => p.Any().SetRaw(new X509Extension(ExtensionOids.CrlDistributionPoints, [0x30, 0x00], critical: true))),
        new("distribution points are malformed", p => p.AnyAuthority().SetRaw(new X509Extension(ExtensionOids.CrlDistributionPoints, [0x30, 0x02, 0x05, 0x00], critical: false))),
        new("pinned end-entity with a repeated extension", p =>
        {
            p.Anchors = [0];
            p.PartialChain = true;
            p.Leaf.Edits.Add(f => f.Extensions.AddRange(f.Extensions.Count > 0 ? [p.Pick(f.Extensions)] : []));
        }),
        new("bytes behind an extension's value", p =>
        {
            var certificate = p.Any();
            certificate.Edits.Add(f => Replace(f, p.Pick<byte>(0x13, 0x0F, 0x11, 0x25), static value => [.. value, 0x05, 0x00]));
        }),
        new("names are empty", p => p.AnyAuthority().SetRaw(new X509Extension(p.Pick(ExtensionOids.SubjectAlternativeName, ExtensionOids.NameConstraints), [0x30, 0x00], p.Flip()))),
        new("bytes behind the alternative names", p => p.Leaf.Edits.Add(f => Replace(f, 0x11, static value => [.. value, 0x05, 0x00]))),
        new("extension is there twice", p => p.Any().Edits.Add(f => f.Extensions.AddRange(f.Extensions.Count > 0 ? [p.Pick(f.Extensions)] : []))),
        new("unknown extension is there twice", p => p.Any().Edits.Add(f =>
        {
            var extension = With(p.Pick(s_unknown), critical: p.Random.Next(4) == 0);
            f.Append(extension);
            f.Append(extension);
        })),
        new("second alternative names", p => p.Leaf.Edits.Add(f => f.Append(DerText.AlternativeNames(critical: false, "dns:other.example.net")))),
        new("FALSE criticality is written out", p => p.Any().Edits.Add(f => f.Extensions.Add(DerText.Encode(w =>
        {
            using (w.PushSequence())
            {
                w.WriteObjectIdentifier("1.3.6.1.4.1.99999.2");
                w.WriteBoolean(false);
                w.WriteOctetString([0x05, 0x00]);
            }
        })))),
        new("alternative names are critical", p => p.Leaf.Edits.Add(f => MakeCritical(f, 0x11))),
        new("no extensions", p => p.Any().Edits.Add(f => f.Extensions.Clear())),
    ];

    private static X509Extension With(X509Extension extension, bool critical) => new(extension.Oid!, extension.RawData, critical);

    /// <summary>Rewrites an extension of the arc 2.5.29 so that it is critical.</summary>
    private static void MakeCritical(TbsFields fields, byte arc) => Rewrite(fields, arc, static extension => new X509Extension(extension.Oid!, extension.RawData, critical: true));

    private static void Replace(TbsFields fields, byte arc, Func<byte[], byte[]> change) => Rewrite(fields, arc, extension => new X509Extension(extension.Oid!, change(extension.RawData), extension.Critical));

    private static void Rewrite(TbsFields fields, byte arc, Func<X509Extension, X509Extension> change)
    {
        for (var i = fields.Extensions.Count - 1; i >= 0; i--)
        {
            var extension = TbsFields.ReadExtension(fields.Extensions[i]);
            if (string.Equals(extension.Oid!.Value, DerText.Text($"2.5.29.{arc}"), StringComparison.Ordinal))
            {
                fields.Extensions.RemoveAt(i);
                fields.Append(change(extension));
                return;
            }
        }
    }
}
