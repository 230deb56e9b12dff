using Truststore.Certificates;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Causes for which we reject and others do not. The path is the one that our failures speak of.</summary>
internal static class Severities
{
    private const string ServerGatedCryptography = "1.3.6.1.4.1.311.10.3.3";
    private const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";

    internal static readonly Cause WeakKeyAtLevelZero = new("weak key at level 0", Party.Us, "OpenSSL asks for no strength unless given an -auth_level.",
        d => d.Case.AuthLevel == 0 && d.Certificate!.HasWeakKey());

    internal static readonly Cause WeakKey = new("weak key", Party.Us, "RSA below 2048 bits and curves below 224 are too weak (NIST SP 800-57 part 1, table 2); .NET asks for no strength.",
        d => d.Certificate!.HasWeakKey());

    internal static readonly Cause Sha1AtLevelZero = new("SHA-1 at level 0", Party.Us, "OpenSSL asks for no strength unless given an -auth_level.",
        d => d.Case.AuthLevel == 0 && d.Certificate!.IsSignedWithSha1());

    internal static readonly Cause Sha1 = new("SHA-1", Party.Us, "SHA-1 signatures can be forged (RFC 9155); .NET takes them.",
        d => d.Certificate!.IsSignedWithSha1());

    internal static readonly Cause PartialWildcard = new("partial wildcard", Party.Us, "A wildcard is a whole label (RFC 9525 §6.3).",
        d => d.Case.Host!.Kind == ReferenceIdentifierKind.DnsName && d.Case.EndEntity!.NamesOf(GeneralNameKind.DnsName).Any(n => n.Value.Contains('*', StringComparison.Ordinal) && !n.Value.StartsWith("*.", StringComparison.Ordinal)));

    internal static readonly Cause CommonNameAsHost = new("common name as host", Party.Us, "A common name is no DNS name (RFC 9525 §2); OpenSSL falls back to it where there is no alternative DNS name.",
        d => !d.Case.EndEntity!.NamesOf(GeneralNameKind.DnsName).Any() && d.Case.EndEntity!.Subject.CommonNames.Any(n => n.Equals(d.Case.Host!.Value, StringComparison.OrdinalIgnoreCase)));

    internal static readonly Cause HyphenAtEdge = new("hyphen at a label's edge", Party.Us, "Such a name is not in the preferred name syntax (RFC 5280 §4.2.1.6).",
        d => d.Case.Host!.Value.StartsWith('-'));

    internal static readonly Cause TrailingPeriod = new("name with a trailing period", Party.Us, "Such a name is not in the preferred name syntax (RFC 5280 §4.2.1.6).",
        d => d.Case.EndEntity!.NamesOf(GeneralNameKind.DnsName).Any(n => n.Value.EndsWith('.')));

    internal static readonly Cause WildcardOfTopLevel = new("wildcard below a top-level domain", Party.Us, "*.com would stand for everybody (RFC 9525 §7.1).",
        d => d.Case.EndEntity!.NamesOf(GeneralNameKind.DnsName).Any(n => n.Value.StartsWith("*.", StringComparison.Ordinal) && n.Value.Count(c => c == '.') == 1));

    internal static readonly Cause ServerGated = new("server-gated cryptography", Party.Us, "OpenSSL takes the usages of the export restrictions' time for serverAuth.",
        d => d.Certificate!.ExtendedKeyUsages is [ServerGatedCryptography]);

    internal static readonly Cause KeyUsageOfEndEntity = new("key usage of the end-entity", Party.Us, "The key usage allows what the key is used for (RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2); X509Chain does not look.",
        d => d.Objection.Depth == 0 && d.Certificate!.KeyUsage?.AllowsTls() == false);

    internal static readonly Cause AnchorWithTrustedUsage = new("anchor with a trusted usage", Party.Both, "Where the store says for what an anchor is trusted, OpenSSL does not look at the anchor's own usages; we want both to allow the purpose.",
        d => d.IsAnchor && d.Case.Anchors.Any(a => a.Is(d.Certificate!) && a.Trusted?.Contains(ExtensionOids.ServerAuthentication, StringComparer.Ordinal) == true));

    internal static readonly Cause RestrictedAnchor = new("restricted anchor", Party.Us, "What a store trusts an anchor for is the store's to say (RFC 5280 §6.1.1 (d)); X509Chain knows no such restrictions.",
        d => d.Case.Anchors.Any(a => a.IsRestricted && a.Is(d.Certificate!)));

    internal static readonly Cause UnknownCriticalExtension = new("critical extension for which the peer is made", Party.Us, "A critical extension that is not understood rejects (RFC 5280 §4.2); the Netscape certificate type and the marker of OCSP responders are nothing here.",
        d => d.Certificate!.HasCritical(CertificateTraits.NetscapeCertificateType, OcspNoCheck));

    internal static readonly Cause PoliciesNotAskedFor = new("policies not asked for", Party.Us, "OpenSSL looks at policies only when asked to; RFC 5280 §6.1 always does.",
        d => !d.Case.PolicyCheck && d.Path.HasPolicyProcessing());

    internal static readonly Cause MappedAnyPolicy = new("mapped anyPolicy without policies", Party.Us, "anyPolicy is not mapped (RFC 5280 §6.1.4 (a)); OpenSSL does not look where there are no policies.",
        d => d.Case.PolicyCheck && d.Certificate!.CertificatePolicies is null && d.Certificate.Policies.Mappings is { } mappings && mappings.Any(m => m.IssuerDomainPolicy is ExtensionOids.AnyPolicy || m.SubjectDomainPolicy is ExtensionOids.AnyPolicy));

    internal static readonly Cause Policies = new("policies", Party.Us, "Policy constraints and mappings are part of path validation (RFC 5280 §6.1); X509Chain does not look.",
        d => d.Path.HasPolicyProcessing());

    internal static readonly Cause UndecodablePoliciesNotAskedFor = new("policies that cannot be decoded", Party.Us,
        "A critical extension that cannot be processed rejects (RFC 5280 §4.2), and so do constraints; OpenSSL looks at policies only when asked to.",
        d => !d.Case.PolicyCheck && d.Certificate!.HasUndecodablePolicies());

    internal static readonly Cause UndecodablePoliciesNotUsed = new("policies that cannot be decoded and are not used", Party.Us,
        "A critical extension that cannot be processed rejects (RFC 5280 §4.2), be it of an anchor; OpenSSL skips those of anchors, empty ones, and mappings beside which there are none.",
        d => d.Case.PolicyCheck && d.Certificate!.HasUndecodablePolicies() && (d.IsAnchor || d.Certificate!.FindExtension(ExtensionOids.CertificatePolicies)?.IsEmptySequence() == true || (d.Certificate!.Has(ExtensionOids.PolicyMappings) && !d.Certificate!.Has(ExtensionOids.CertificatePolicies))));

    internal static readonly Cause UndecodablePolicies = new("policies that cannot be decoded", Party.Us, "A critical extension that cannot be processed rejects (RFC 5280 §4.2), and so do constraints; .NET takes an empty list.",
        d => d.Certificate!.HasUndecodablePolicies());

    internal static readonly Cause EmptyDistributionPoints = new("empty distribution points", Party.Us, "There is at least one distribution point (RFC 5280 §4.2.1.13), and a critical extension that cannot be processed rejects (§4.2).",
        d => d.Certificate!.FindExtension(ExtensionOids.CrlDistributionPoints) is { IsCritical: true } points && points.IsEmptySequence());

    internal static readonly Cause EmptyNames = new("empty names", Party.Us, "Alternative names are at least one (RFC 5280 §4.2.1.6), name constraints at least one subtree (§4.2.1.10).",
        d => d.Certificate!.Extensions.Any(e => e.Oid is ExtensionOids.SubjectAlternativeName or ExtensionOids.NameConstraints && e.IsEmptySequence()));

    internal static readonly Cause BoundedSubtree = new("subtree with a minimum or maximum", Party.Us,
        "The minimum is 0, which DER leaves out, and the maximum absent (RFC 5280 §4.2.1.10); OpenSSL minds only where a name is held to the subtree.",
        d => d.Certificate!.HasBoundedSubtree());

    internal static readonly Cause RepeatedExtension = new("repeated extension", Party.Us, "No extension is there twice (RFC 5280 §4.2).",
        d => d.Certificate!.HasRepeatedExtension());

    internal static readonly Cause TrailingBytesInExtension = new("bytes behind an extension's value", Party.Us, "An extension holds one DER value (RFC 5280 §4.1).",
        d => d.Certificate!.Extensions.Any(e => e.HasTrailingBytes()));

    internal static readonly Cause TrailingBytesInNames = new("bytes behind the names", Party.Us, "An extension holds one DER value (RFC 5280 §4.1), or says nothing.",
        d => d.Certificate!.FindExtension(ExtensionOids.SubjectAlternativeName)?.HasTrailingBytes() == true);

    internal static readonly Cause AuthorityBitIsOne = new("CA bit that is not DER", Party.Us, "TRUE is encoded as 255 (X.690 §11.1).",
        d => d.Certificate!.FindExtension(ExtensionOids.BasicConstraints) is { } constraints && constraints.Value.Span.StartsWith((byte[])[0x30, 0x03, 0x01, 0x01, 0x01]));

    internal static readonly Cause AnchorSignatureAlgorithms = new("anchor's signature algorithms", Party.Both,
        "The two algorithms of a certificate are one (RFC 5280 §4.1.1.2). Nobody looks at the signature of an anchor, but we hold its form to the rule.",
        d => d.IsAnchor && !d.Certificate!.Envelope.InnerSignatureAlgorithm.Span.SequenceEqual(d.Certificate.Envelope.OuterSignatureAlgorithm.Span));

    internal static readonly Cause IssuerWithoutName = new("issuer without a name", Party.Us, "An issuer has a name (RFC 5280 §4.1.2.4).",
        d => d.Certificate is { Issuer.IsEmpty: true });

    internal static readonly Cause OldVersion = new("extensions below version 3", Party.Us, "Only version 3 has extensions (RFC 5280 §4.1.2.1).",
        d => Encodings.IsOldWithExtensions(d.Case.Peer[0]));

    internal static readonly Cause TrailingBytes = new("bytes behind the end-entity certificate", Party.Us, "A certificate is one DER value (RFC 5280 §4.1).",
        d => Encodings.HasTrailingBytes(d.Case.Peer[0]));

    internal static readonly Cause OldVersionAbove = new("CA with extensions below version 3", Party.Us, "Only version 3 has extensions (RFC 5280 §4.1.2.1).",
        d => d.IsAboutWhatWeCannotDecode && d.Case.Peer.Skip(1).Concat(d.Case.Anchors.Select(a => a.Der)).Any(Encodings.IsOldWithExtensions));

    internal static readonly Cause TrailingBytesAbove = new("bytes behind a CA's certificate", Party.Us, "A certificate is one DER value (RFC 5280 §4.1).",
        d => d.IsAboutWhatWeCannotDecode && d.Case.Peer.Skip(1).Concat(d.Case.Anchors.Select(a => a.Der)).Any(Encodings.HasTrailingBytes));

    internal static readonly Cause MalformedSubtree = new("malformed subtree", Party.Us,
        "A malformed constraint rejects (RFC 5280 §4.2.1.10), whether a name of its kind is below or not; others compare it first.",
        d => d.Certificate?.Decoded.NameConstraints?.All.Any(n => n.IsMalformedSubtree()) == true);

    internal static readonly Cause MalformedName = new("malformed name under a constraint", Party.Us, "A name that cannot be compared does not lie in what is permitted, nor outside what is excluded (RFC 5280 §4.2.1.6, §4.2.1.10).",
        d => d.IsConstrained(GeneralNameKind.DnsName) && d.Certificate!.NamesOf(GeneralNameKind.DnsName).Any(n => n.Value.Contains(' ', StringComparison.Ordinal) || n.Value.LastIndexOf('*') > 0 || n.Value.StartsWith('.') || n.Value.StartsWith('-') || n.Value.EndsWith('.') || n.Value.Length == 0 || (n.Value[0] == '*' && !n.Value.StartsWith("*.", StringComparison.Ordinal))));

    internal static readonly Cause TrustedIntermediate = new("intermediate with a trusted usage", Party.Both, "OpenSSL takes any certificate that the store trusts for the purpose as an anchor; without X509PartialChain we take self-issued ones.",
        d => !d.Case.PartialChain && d.Path.ToList().FindIndex(c => !c.IsSelfIssued && d.Case.Anchors.Any(a => a.Trusted is not null && a.Is(c))) is >= 0 and var trusted
            && (d.Objection.Depth >= trusted
                || (d.Objection.Is(FailureReason.NameConstraintViolation) && d.Path.Skip(trusted + 1).Any(c => c.Has(ExtensionOids.NameConstraints)))
                || (d.Objection.Is(FailureReason.PolicyViolation) && d.Path.HasPolicyProcessing())));

    internal static readonly Cause RejectedBelowAnchor = new("rejected certificate below the anchor", Party.Us, "What the store rejects is not used, wherever it comes from. OpenSSL heeds that only for what it takes from the store, and not for the end-entity's copy that the peer sent.",
        d => d.Objection.Depth == 0 && d.Case.Anchors.Any(a => a.Rejected is not null && a.Is(d.Certificate!)));

    internal static readonly Cause UnreadableAnchor = new("anchor that cannot be read", Party.Us, "An extension that cannot be decoded says nothing that could be relied on (RFC 5280 §4.2); OpenSSL forgives it a pinned certificate or an anchor with a trusted usage.",
        d => d.IsAnchor && (d.Path.Count == 1 || d.Case.Anchors.Any(a => a.Trusted is not null && a.Is(d.Certificate!))) && (d.Certificate!.HasRepeatedExtension() || d.Certificate!.Extensions.Any(e => !e.BeginsWell())));

    internal static readonly Cause ExcludedSubdomains = new("excluded subdomains", Party.Both,
        "A leading period is not in RFC 5280 §4.2.1.10. Others take it for subdomains only; where it excludes, we take the safe side and exclude the domain itself as well.",
        d => d.Excludes((excluded, name) => excluded.StartsWith('.') && (name.Equals(excluded[1..], StringComparison.OrdinalIgnoreCase) || string.Equals(name, "*" + excluded[excluded.IndexOf('.', 1)..], StringComparison.Ordinal))));

    internal static readonly Cause WildcardBesideExcludedHost = new("wildcard beside an excluded host", Party.Us, "A wildcard stands for the excluded host too (RFC 5280 §4.2.1.10); others compare it as if it were a host.",
        d => d.Excludes((excluded, name) => excluded.Contains('.', StringComparison.Ordinal) && string.Equals(name, "*" + excluded[excluded.IndexOf('.', StringComparison.Ordinal)..], StringComparison.Ordinal)));
}
