using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Causes for which we accept and others do not. The path is the one that we accept; the others were given it alone.</summary>
internal static class Leniencies
{
    internal static readonly Cause LastSecond = new("last second", Party.Us, "A certificate is valid through its notAfter (RFC 5280 §4.1.2.5); the peer takes that second to be past.",
        d => d.Path.Any(c => c.NotAfter == ChainPlan.Now) && d.Path.All(c => c.NotAfter >= ChainPlan.Now));

    internal static readonly Cause CriticalInformation = new("critical key identifiers and information", Party.Both, "An extension that is understood may be critical (RFC 5280 §4.2); the peer does not count these.",
        d => d.Certificate!.HasCritical(ExtensionOids.SubjectKeyIdentifier, ExtensionOids.AuthorityKeyIdentifier, ExtensionOids.IssuerAlternativeName, ExtensionOids.AuthorityInformationAccess));

    internal static readonly Cause AnyExtendedKeyUsage = new("any extended key usage", Party.Us, "anyExtendedKeyUsage allows every purpose (RFC 5280 §4.2.1.12).",
        d => d.Certificate!.AllowsAnyUsageOnly());

    internal static readonly Cause NetscapeCertificateType = new("Netscape certificate type", Party.Both, "Nothing asks to heed that extension any longer; as a non-critical one it may be ignored (RFC 5280 §4.2).",
        d => d.Certificate!.FindExtension(CertificateTraits.NetscapeCertificateType) is { IsCritical: false } type && (type.Value.Span[^1] & (d.Objection.Depth == 0 ? 0x40 : 0x04)) == 0);

    internal static readonly Cause AuthorityAsEndEntity = new("CA as end-entity", Party.Both,
        "A CA's key usage has no bit for TLS. The Strict profile rejects CAs as end-entities; RFC 5280 does not, and who holds a CA's key can issue any certificate that the CA may issue.",
        d => d.Objection.Depth == 0 && d.Certificate!.BasicConstraints is { IsCertificateAuthority: true } && d.Certificate.KeyUsage is { } usage && usage.HasFlag(X509KeyUsageFlags.KeyCertSign) && !usage.AllowsTls());

    internal static readonly Cause OtherAuthority = new("authority key identifier names another", Party.Us,
        "Key identifiers help to find an issuer; validation does not look at them (RFC 5280 §6.1, RFC 4158 §3.5.12). The peer rules such an issuer out.",
        d => d.Issuer is { } issuer && d.Certificate!.NamesOtherAuthority(issuer));

    internal static readonly Cause AnchorNotSelfSigned = new("anchor that does not look self-signed", Party.Us, "An anchor is a name and a key (RFC 5280 §6.1.1 (d)); its own signature and key identifiers say nothing.",
        d => d is { IsAnchor: true, Case.PartialChain: false } && d.Certificate!.IsSelfIssued && !d.Certificate.LooksSelfSigned());

    internal static readonly Cause AnchorNotSelfIssued = new("anchor that is not self-signed", Party.Us, "An anchor is a name and a key (RFC 5280 §6.1.1 (d)), whoever issued it: X509PartialChain says so. .NET has no such mode.",
        d => d is { IsAnchor: true, Case.PartialChain: true } && !d.Certificate!.LooksSelfSigned());

    internal static readonly Cause PinnedWithoutCertificateSigning = new("pinned CA that may not sign", Party.Us, "An anchor's own signature is not part of a path (RFC 5280 §6.1), so that its key usage need not allow it.",
        d => d is { IsAnchor: true, Path.Count: 1 } && d.Certificate!.KeyUsage?.HasFlag(X509KeyUsageFlags.KeyCertSign) == false && d.Certificate.BasicConstraints is { IsCertificateAuthority: true });

    internal static readonly Cause SelfIssued = new("self-issued, and nothing to tell that from self-signed", Party.Us, "Self-issued is not self-signed (RFC 5280 §3.2): an old key may vouch for a new one. The peer stops there.",
        d => !d.IsAnchor && d.Certificate!.LooksSelfSigned());

    internal static readonly Cause OtherIssuerFirst = new("another issuer of the name tried first", Party.Us, "Where one path fails another is to be tried (RFC 4158 §2.4.2); the peer decides for one issuer of the name and does not come back. Given our path alone it takes it.",
        d => d.Path.Any(c => d.Case.Certificates.Any(issuer => issuer.Subject.Equals(c.Issuer) && !d.Path.Contains(issuer))));

    internal static readonly Cause IndistinctIssuers = new("issuers of one name without key identifiers", Party.Us, "Several CAs may have one name (RFC 4158 §2.4.2): where one's key does not fit, another is to be tried. The peer takes the first.",
        d => d.Issuer is { } issuer && d.Path.Count(c => c.Subject.Equals(issuer.Subject)) > 1 && d.Path.All(c => !c.Subject.Equals(issuer.Subject) || !d.Certificate!.NamesOtherAuthority(c)));

    internal static readonly Cause UndecodableDistributionPoints = new("distribution points that cannot be decoded", Party.Both, "A non-critical extension that does not matter may be ignored (RFC 5280 §4.2); OpenSSL neither takes the certificate for an issuer nor finds it one.",
        d => new[] { d.Certificate, d.Issuer }.Any(c => c?.FindExtension(ExtensionOids.CrlDistributionPoints) is { IsCritical: false } points && !points.BeginsWell()));

    internal static readonly Cause IssuerOutsideStore = new("store's certificate whose issuer the peer sent", Party.Us, "Issuers may come from anywhere (RFC 4158 §2.1). Once OpenSSL has taken a certificate from the store it takes its issuers from there only.",
        d => d.Path.Zip(d.Path.Skip(1)).Any(link => d.Case.IsInStore(link.First) && !d.Case.IsInStore(link.Second)));

    internal static readonly Cause EmailInSubject = new("e-mail address in the subject", Party.Us, "Only without alternative names is the address in the subject held to name constraints (RFC 5280 §4.2.1.10).",
        d => d.Certificate!.SubjectAlternativeNames.Count > 0 && d.Certificate.Subject.Attributes.Any(a => a.Oid is AttributeTypes.EmailAddress) && d.IsConstrained(GeneralNameKind.Rfc822Name));

    internal static readonly Cause CommonNameConstrained = new("common name like a host", Party.Us,
        "A common name is no DNS name (RFC 9525 §2), so name constraints for DNS do not apply; where HostnameChecksCommonName makes it one, they do.",
        d => d.Objection.Depth == 0 && d.Certificate!.Subject.CommonNames.Any() && !d.Certificate.NamesOf(GeneralNameKind.DnsName).Any() && d.IsConstrained(GeneralNameKind.DnsName));

    internal static readonly Cause UnderscoreUnderWildcard = new("underscore under a wildcard", Party.Both, "Such hosts exist although the preferred name syntax does not have them; OpenSSL lets them match by their full name only.",
        d => d.Case.Host!.Value.Contains('_', StringComparison.Ordinal) && d.Case.EndEntity!.NamesOf(GeneralNameKind.DnsName).Any(n => n.Value.StartsWith("*.", StringComparison.Ordinal)));

    internal static readonly Cause AnyExtendedKeyUsageInPath = new("any extended key usage in the path", Party.Us, "anyExtendedKeyUsage allows every purpose (RFC 5280 §4.2.1.12). .NET blames each certificate of the chain.",
        d => d.Path.Any(c => c.AllowsAnyUsageOnly()));

    internal static readonly Cause ExplicitPolicyAsUsage = new("explicit policy taken for a usage", Party.Us, "requireExplicitPolicy is about certificate policies (RFC 5280 §4.2.1.11); .NET wants an extended key usage in each certificate from there on.",
        d => d.Path.Any(c => c.Has(ExtensionOids.PolicyConstraints)) && d.Path.Any(c => c.ExtendedKeyUsages is null));

    internal static readonly Cause UndecodablePolicies = new("policies that cannot be decoded", Party.Both, "A non-critical extension that does not matter may be ignored (RFC 5280 §4.2); .NET throws.",
        d => d.Path.Any(c => c.Extensions.Any(e => !e.IsCritical && e.Oid is ExtensionOids.CertificatePolicies or ExtensionOids.PolicyMappings or ExtensionOids.PolicyConstraints or ExtensionOids.InhibitAnyPolicy && !e.BeginsWell())));

    internal static readonly Cause HostThatThrows = new("host that .NET does not take", Party.Us, ".NET throws at hosts with a hyphen at a label's edge or an underscore.",
        d => d.Case.Host!.Value.Contains('_', StringComparison.Ordinal) || d.Case.Host.Value.StartsWith('-'));

    internal static readonly Cause NameThatThrows = new("address of a wrong size among the names", Party.Us, "A name of another kind than the host's need not be looked at (RFC 9525 §6.1); .NET throws.",
        d => d.Case.EndEntity!.NamesOf(GeneralNameKind.IPAddress).Any(n => n.RawValue.Length is not (4 or 16)));
}
