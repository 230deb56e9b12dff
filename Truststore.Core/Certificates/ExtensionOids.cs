namespace Truststore.Certificates;

/// <summary>Object identifiers of the extensions that this library knows (RFC 5280 §4.2, §5.2, RFC 6962, RFC 7633).</summary>
internal static class ExtensionOids
{
    internal const string SubjectKeyIdentifier = "2.5.29.14";
    internal const string KeyUsage = "2.5.29.15";
    internal const string SubjectAlternativeName = "2.5.29.17";
    internal const string IssuerAlternativeName = "2.5.29.18";
    internal const string BasicConstraints = "2.5.29.19";
    internal const string CrlNumber = "2.5.29.20";
    internal const string CrlReason = "2.5.29.21";
    internal const string DeltaCrlIndicator = "2.5.29.27";
    internal const string IssuingDistributionPoint = "2.5.29.28";
    internal const string CertificateIssuer = "2.5.29.29";
    internal const string NameConstraints = "2.5.29.30";
    internal const string CrlDistributionPoints = "2.5.29.31";
    internal const string CertificatePolicies = "2.5.29.32";
    internal const string PolicyMappings = "2.5.29.33";
    internal const string AuthorityKeyIdentifier = "2.5.29.35";
    internal const string PolicyConstraints = "2.5.29.36";
    internal const string ExtendedKeyUsage = "2.5.29.37";
    internal const string FreshestCrl = "2.5.29.46";
    internal const string InhibitAnyPolicy = "2.5.29.54";
    internal const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    internal const string TlsFeature = "1.3.6.1.5.5.7.1.24";
    internal const string PrecertificatePoison = "1.3.6.1.4.1.11129.2.4.3";

    internal const string AnyPolicy = "2.5.29.32.0";
    internal const string AnyExtendedKeyUsage = "2.5.29.37.0";
    internal const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    internal const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    internal const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    /// <summary>The extended key usage of a purpose (RFC 5280 §4.2.1.12).</summary>
    internal static string Of(PeerPurpose purpose) => purpose == PeerPurpose.ClientAuthentication ? ClientAuthentication : ServerAuthentication;

    /// <summary>Whether path validation understands the extension, so that it may be critical (RFC 5280 §4.2).</summary>
    internal static bool IsProcessed(string oid) => oid is
        KeyUsage or SubjectAlternativeName or BasicConstraints or NameConstraints or CertificatePolicies or PolicyMappings or PolicyConstraints or ExtendedKeyUsage or InhibitAnyPolicy
        or SubjectKeyIdentifier or AuthorityKeyIdentifier or AuthorityInformationAccess or CrlDistributionPoints or IssuerAlternativeName;
}
