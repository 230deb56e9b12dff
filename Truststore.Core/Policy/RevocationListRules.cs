using System.Formats.Asn1;
using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>
/// What a revocation list says of a certificate (RFC 5280 §5.2, §6.3.3): whether the list can be used, for which reasons of
/// revocation it covers the certificate, and whether it names it. The one place that decides this, for every platform.
/// </summary>
/// <remarks>
/// <para>
/// A list whose issuing distribution point names places covers the certificates that have one of these names among their own
/// distribution points, and where the certificate says for which reasons, for these. RFC 5280 adds one distribution point to
/// every certificate: its issuer's name, for all reasons.
/// </para>
/// <para>
/// A list that does not cover a certificate revokes it all the same where it names it: serial numbers are unique for an issuer
/// (§4.1.2.2), so an entry means this certificate, in whichever partition the issuer wrote it. Lists of attribute certificates
/// are an exception. Indirect and delta CRLs are not used at all.
/// </para>
/// </remarks>
internal static class RevocationListRules
{
    /// <param name="list">A list of the certificate's issuer.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="isStrict">Whether the Strict profile counts.</param>
    internal static RevocationListAnswer Ask(CertificateRevocationList list, CertificateInfo certificate, bool isStrict)
    {
        var fault = !TryReadScope(list, out var scope) ? "its issuing distribution point cannot be decoded"
            : scope is { IsIndirect: true } ? "it is an indirect CRL, which is not supported"
            : FindFault(list, isStrict);
        if (fault is not null || scope is { OnlyAttributeCertificates: true })
        {
            return new RevocationListAnswer(fault, RevocationReasons.None, Entry: null);
        }

        RevokedCertificate? entry = list.TryFind(certificate.SerialNumberBytes, out var found) ? found : null;
        return new RevocationListAnswer(Fault: null, FindReasons(list, certificate), entry);
    }

    /// <summary>The reasons for which a list of the certificate's issuer covers it; none where its scope cannot be decoded.</summary>
    internal static RevocationReasons FindReasons(CertificateRevocationList list, CertificateInfo certificate)
    {
        if (!TryReadScope(list, out var scope))
        {
            return RevocationReasons.None;
        }

        var isAuthority = certificate.BasicConstraints is { IsCertificateAuthority: true };
        return scope switch
        {
            null => RevocationReasons.All,
            { IsIndirect: true } or { OnlyAttributeCertificates: true } => RevocationReasons.None,
            { OnlyUserCertificates: true } when isAuthority => RevocationReasons.None,
            { OnlyAuthorityCertificates: true } when !isAuthority => RevocationReasons.None,
            { Name: null } => scope.Reasons,
            _ => scope.Reasons & FindReasons(scope.Name.Resolve(list.Issuer), list.Issuer, certificate),
        };
    }

    /// <summary>The reasons of the distribution points that have one of a list's names (RFC 5280 §6.3.3 (b) (2) (i), (d)).</summary>
    private static RevocationReasons FindReasons(IReadOnlyList<GeneralName> names, DistinguishedName issuer, CertificateInfo certificate)
    {
        if (names.Any(name => IsNameOf(issuer, name)))
        {
            return RevocationReasons.All;
        }

        var reasons = RevocationReasons.None;
        foreach (var point in certificate.Locations.DistributionPoints)
        {
            // Without cRLIssuer the lists are those of the certificate's issuer.
            var isOfIssuer = point.ListIssuers.Count == 0 || point.ListIssuers.Any(name => IsNameOf(issuer, name));
            if (isOfIssuer && point.Name?.Resolve(issuer).Any(name => names.Any(other => IsSame(name, other))) == true)
            {
                reasons |= point.Reasons;
            }
        }

        return reasons;
    }

    /// <summary>Why a list must not be used for any certificate, or null.</summary>
    private static string? FindFault(CertificateRevocationList list, bool isStrict)
    {
        for (var i = 0; i < list.Extensions.Count; i++)
        {
            if (FindFault(list, i) is { } fault)
            {
                return fault;
            }
        }

        if (list.HasUnknownEntryExtension)
        {
            return "an entry has an unknown critical extension (RFC 5280 §5.3)";
        }

        if (!isStrict)
        {
            return null;
        }

        if (list.Version != 2 || list.NextUpdate is null)
        {
            return "it is not a version 2 list with a nextUpdate (RFC 5280 §5.1)";
        }

        var number = Find(list, ExtensionOids.CrlNumber);
        return number is null ? "it has no CRL number (RFC 5280 §5.2.3)"
            : number.IsCritical ? "its CRL number is critical (RFC 5280 §5.2.3)"
            : null;
    }

    private static string? FindFault(CertificateRevocationList list, int index)
    {
        var extension = list.Extensions[index];
        for (var i = 0; i < index; i++)
        {
            if (string.Equals(list.Extensions[i].Oid, extension.Oid, StringComparison.Ordinal))
            {
                return $"the extension {extension.Oid} is present twice";
            }
        }

        return extension.Oid switch
        {
            ExtensionOids.DeltaCrlIndicator => "it is a delta CRL, which says nothing by itself",
            ExtensionOids.CrlNumber or ExtensionOids.AuthorityKeyIdentifier or ExtensionOids.IssuingDistributionPoint => null,
            _ => extension.IsCritical ? $"its critical extension {extension.Oid} is unknown" : null,
        };
    }

    /// <summary>Reads what the list is about; null where that is all certificates of its issuer.</summary>
    /// <returns>Whether it can be decoded.</returns>
    private static bool TryReadScope(CertificateRevocationList list, out IssuingDistributionPoint? scope)
    {
        scope = null;
        try
        {
            if (Find(list, ExtensionOids.IssuingDistributionPoint) is { } extension)
            {
                scope = IssuingDistributionPoint.Read(extension.Value);
            }

            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool IsNameOf(DistinguishedName issuer, GeneralName name) => name.DirectoryName?.Equals(issuer) == true;

    private static bool IsSame(GeneralName name, GeneralName other) => name.Kind == other.Kind
        && (name.DirectoryName?.Equals(other.DirectoryName) ?? name.RawValue.Span.SequenceEqual(other.RawValue.Span));

    private static CertificateExtension? Find(CertificateRevocationList list, string oid) =>
        list.Extensions.FirstOrDefault(extension => string.Equals(extension.Oid, oid, StringComparison.Ordinal));
}
