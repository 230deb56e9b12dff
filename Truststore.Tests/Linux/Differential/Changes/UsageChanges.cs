using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Key usages and extended key usages of end-entity certificates and CAs.</summary>
internal static class UsageChanges
{
    private const string Any = ExtensionOids.AnyExtendedKeyUsage;
    private const string Server = ExtensionOids.ServerAuthentication;
    private const string Client = ExtensionOids.ClientAuthentication;
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string ServerGatedCryptography = "1.3.6.1.4.1.311.10.3.3";

    private static readonly X509KeyUsageFlags[] s_usages =
    [
        X509KeyUsageFlags.None, X509KeyUsageFlags.DigitalSignature, X509KeyUsageFlags.NonRepudiation, X509KeyUsageFlags.KeyEncipherment, X509KeyUsageFlags.DataEncipherment,
        X509KeyUsageFlags.KeyAgreement, X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.DecipherOnly, X509KeyUsageFlags.KeyCertSign, X509KeyUsageFlags.CrlSign,
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign,
    ];

    private static readonly string[][] s_extendedUsages =
    [
        [], [Server], [Client], [Server, Client], [Any], [Any, Client], [CodeSigning], [CodeSigning, Server], [ServerGatedCryptography], [ExtensionOids.OcspSigning],
    ];

    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("key usage of the end-entity", p => p.Leaf.Spec = p.Leaf.Spec with { KeyUsage = p.Pick(s_usages) }),
        new("key usage of a CA", p =>
        {
            var plan = p.AnyAuthority();
            plan.Spec = plan.Spec with { KeyUsage = p.Pick(s_usages) };
        }),
        new("key usage not critical", p => p.Any().Set(new X509KeyUsageExtension(p.Pick(s_usages[1..]), critical: false))),
        new("key usage without bits", p => p.Any().SetRaw(new X509Extension(ExtensionOids.KeyUsage, [0x03, 0x01, 0x00], critical: true))),
        new("pinned end-entity with a key usage without bits", p =>
        {
            p.Anchors = [0];
            p.PartialChain = true;
            p.Leaf.SetRaw(new X509Extension(ExtensionOids.KeyUsage, [0x03, 0x01, 0x00], critical: true));
        }),
        new("extended key usage of the end-entity", p => p.Leaf.Spec = p.Leaf.Spec with { ExtendedKeyUsages = p.Pick(s_extendedUsages) }),
        new("extended key usage of a CA", p =>
        {
            var plan = p.AnyAuthority();
            plan.Spec = plan.Spec with { ExtendedKeyUsages = p.Pick(s_extendedUsages) };
        }),
        new("extended key usage of the root", p => p.Root.Spec = p.Root.Spec with { ExtendedKeyUsages = p.Pick(s_extendedUsages) }),
        new("extended key usage is critical", p => p.Any().Set(ExtendedKeyUsage(critical: true, p.Pick(s_extendedUsages[1..])))),
        new("extended key usage is empty", p => p.Any().Set(ExtendedKeyUsage(critical: false))),
        new("Netscape certificate type that is not critical", p => p.Any().Set(new X509Extension("2.16.840.1.113730.1.1", [0x03, 0x02, 0x00, 0x20], critical: false))),
        new("Netscape certificate type", p => p.Any().Set(new X509Extension("2.16.840.1.113730.1.1", [0x03, 0x02, 0x00, p.Pick<byte>(0x80, 0x40, 0x04, 0x44)], p.Flip()))),
    ];

    private static X509Extension ExtendedKeyUsage(bool critical, params IEnumerable<string> usages) => DerText.SequenceExtension(ExtensionOids.ExtendedKeyUsage, critical, w =>
    {
        foreach (var usage in usages)
        {
            w.WriteObjectIdentifier(usage);
        }
    });
}
